import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, pack } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

describe('what Slack asks of an app', () => {
  let world: World;
  let card: Message;
  let id: string;
  beforeAll(async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = await world.cardOf('bob');
    id = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const answer = async (text: string, words: string): Promise<Message> => {
    await world.ana.command(CHANNEL, '/groupwatch', text);
    return world.slack.until(
      () => world.ana.ephemerals().findLast((one) => JSON.stringify(one).includes(words)),
      `"${words}" after ${text}`,
    );
  };

  it.each([
    'expired_trigger_id',
    'trigger_expired',
    'exchanged_trigger_id',
    'trigger_exchanged',
    'invalid_trigger_id',
  ])('a form that came too late (%s) is said privately, and pressing again opens it', async (error) => {
    const { ana, slack } = world;
    const before = ana.ephemerals().length;
    slack.faults.fail('views.open', 1, { error });
    await ana.press(card, ACTION.menu, { option: pack('resolve', id) });
    const told = await slack.until(() => ana.ephemerals()[before], 'what went wrong');
    expect(told.text).toContain('Please press again');
    await ana.press(card, ACTION.menu, { option: pack('resolve', id) });
    await slack.until(() => ana.view(), 'the form');
    ana.closeView();
  });

  it('a failure of our own is told with a reference that is in the log', async () => {
    const { ana, slack } = world;
    const before = ana.ephemerals().length;
    slack.faults.fail('views.open', 1, { error: 'view_too_large' });
    await ana.press(card, ACTION.menu, { option: pack('raw', id) });
    const told = await slack.until(() => ana.ephemerals()[before], 'what went wrong');
    const reference = /reference `(\w+)`/.exec(told.text)?.[1] ?? 'none';
    expect(world.warnings.join()).toContain(reference);
  });

  it.each([
    ['open', 'nobody has resolved*: 1'],
    ['recent', 'last 24 hours*: 1'],
    ['recent 24h', 'last 24 hours*: 1'],
    ['recent 7d', 'last 7 days*: 1'],
    ['user bob', '*User* `bob`'],
    ['group ADMINS', '*Group* `admins`'],
    ['actor operator', '*Actor* `operator`'],
    ['rule', '333de828-8190-4cf5-8d7c-7575846f6fe0'],
    ['status', 'Last complete poll'],
    ['help', 'What Groupwatch can tell'],
    ['', 'What Groupwatch can tell'],
    ['recent 9w', '`recent 9w` isn'],
    ['dance <!channel>', '`dance` isn'],
    ['alert', 'What Groupwatch can tell'],
    ['alert GW-NOTHING', 'The alert GW-NOTHING*: none'],
  ])('/groupwatch %s is answered', async (text, words) => {
    await answer(text, words);
  });

  it('and so are an alert by its id, in any letter case, and an event by its id', async () => {
    const shown = JSON.stringify(await answer(`alert ${id.toLowerCase()}`, 'Alert raised.'));
    expect(shown).toContain('Nobody has taken it yet');
    const rawId = world.aws.addUserToGroup({ user: 'eve', group: 'admins' }).eventID;
    await world.cardOf('eve');
    await answer(`event ${rawId}`, `*Event* \`${rawId}\``);
  });

  it('a long list is turned page by page', async () => {
    for (let n = 0; n < 6; n++) world.aws.addUserToGroup({ user: `many-${n}`, group: 'admins' });
    await world.cardOf('many-5');
    await world.slack.until(() => world.slack.messages(CHANNEL).length >= 8, 'all cards');
    const page = await answer('group admins', '1 to 5 of 8');
    await world.ana.press(page, ACTION.older);
    await world.slack.until(() => JSON.stringify(page.blocks).includes('6 to 8 of 8'), 'the older page');
    await world.ana.press(page, ACTION.newer);
    await world.slack.until(() => JSON.stringify(page.blocks).includes('1 to 5 of 8'), 'the newer page');
  });

  it('the raw event is shown as AWS gave it', async () => {
    await world.ana.press(card, ACTION.menu, { option: pack('raw', id) });
    const view = await world.slack.until(() => world.ana.view(), 'the raw event');
    expect(JSON.stringify(view)).toContain('AddUserToGroup');
  });
});
