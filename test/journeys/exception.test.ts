import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/domain/time.ts';
import { ACTION, COMMAND, INPUT, MODAL, pack } from '../../src/slack/ids.ts';
import { iamUser } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const shown = (message: Message): string => JSON.stringify(message.blocks);
const idOf = (card: Message): string => /GW-\w{12}/.exec(card.text)?.[0] ?? '';
const ROBOT = 'hr-bot';

describe('known behaviour is exempted, for a time and with a second person', () => {
  let world: World;
  let card: Message;
  let exception: Message;
  beforeAll(async () => {
    world = await startWorld({
      settings: { approvers: ['U0ANA', 'U0BEN'] },
      prepare: (_, aws) => {
        aws.given.group({ name: 'operators', attached: ['AdministratorAccess'] });
        aws.given.group({ name: 'readers' });
      },
    });
    addedBy(ROBOT, 'newcomer-1');
    card = await world.cardOf('newcomer-1');
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const addedBy = (actor: string, user: string, group = 'operators'): void =>
    void world.aws.addUserToGroup({ user, group, by: iamUser(actor) });
  const cards = (): Message[] => world.slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts);
  const inThread = (words: string): Promise<Message> =>
    world.slack.until(
      () => world.slack.thread(CHANNEL, card.ts).find(({ text }) => text.includes(words)),
      words,
      15_000,
    );
  const answer = async (text: string, words: string): Promise<Message> => {
    const before = world.ana.ephemerals().length;
    await world.ana.command(CHANNEL, COMMAND, text);
    return world.slack.until(
      () =>
        world.ana
          .ephemerals()
          .slice(before)
          .find((one) => shown(one).includes(words)),
      `${text}: ${words}`,
    );
  };

  it('is offered by the menu of a resolved alert, and by the step Intended use', async () => {
    const { ana, slack } = world;
    await ana.press(card, ACTION.openGuide);
    const guide = await inThread('False positive');
    await ana.press(guide, ACTION.stepOffer);
    await slack.until(() => ana.view()?.callback_id === MODAL.exception, 'the form');
    await ana.closeView();
    await ana.press(card, ACTION.menu, { option: pack('resolve', idOf(card)) });
    await slack.until(() => ana.view()?.callback_id === MODAL.resolve, 'the modal');
    await ana.submit({ [INPUT.verdict]: 'benign', [INPUT.note]: 'The nightly job of HR' });
    await slack.until(() => shown(card).includes('Resolved as benign'), 'the card resolved');
    await ana.press(card, ACTION.menu, { option: pack('exception', idOf(card)) });
    await slack.until(() => ana.view()?.callback_id === MODAL.exception, 'the form');
  });

  it('says at its inputs what is wrong with it', async () => {
    const { ana } = world;
    await ana.submit({ [INPUT.conditions]: ['user-agent'], [INPUT.reason]: 'HR', [INPUT.expiry]: '30' });
    expect(Object.keys(ana.errors()).toSorted()).toEqual([INPUT.conditions, INPUT.reason]);
    expect(ana.errors()[INPUT.conditions]).toContain('may not stand alone');
  });

  it('names what it would have hidden before it is saved, and saves once', async () => {
    const { ana, slack } = world;
    await ana.submit({ [INPUT.reason]: 'The nightly job of HR adds newcomers', [INPUT.expiry]: '30' });
    const preview = await slack.until(
      () => ana.view()?.callback_id === MODAL.exceptionPreview && ana.view(),
      'the preview',
    );
    expect(JSON.stringify(preview)).toContain('It would have hidden *1* of the alerts');
    expect(JSON.stringify(preview)).toContain(idOf(card));
    expect(JSON.stringify(preview)).toContain('exempts nothing until another person approves it');
    const saved = await ana.submit();
    expect(ana.view()).toBeUndefined();
    await saved.again();
    exception = await inThread('please decide');
    expect(exception.text).toContain('<@U0ANA> <@U0BEN> please decide: <@U0ANA> exempts actor `user/hr-bot`');
    expect((await answer('exceptions', '*Exceptions*: 1')).text).toBe('*Exceptions*: 1');
  });

  it('exempts nothing before somebody else has approved it', async () => {
    const { ana, ben, cleo, slack } = world;
    addedBy(ROBOT, 'newcomer-2');
    await world.cardOf('newcomer-2');
    await ana.press(exception, ACTION.approveException);
    await slack.until(
      () => ana.ephemerals().find(({ text }) => text.includes('have added this exception yourself')),
      'the refusal',
    );
    await cleo.press(exception, ACTION.approveException);
    await slack.until(
      () => cleo.ephemerals().find(({ text }) => text.includes("aren't one of the approvers")),
      'the refusal',
    );
    const approved = await ben.press(exception, ACTION.approveException);
    await approved.again();
    await inThread('<@U0BEN> approved the exception');
    await slack.until(() => shown(exception).includes('*In force*'), 'the card redrawn');
    expect(ben.ephemerals()).toEqual([]);
  });

  it('then holds: such an addition raises no alert, and is counted and listed', async () => {
    addedBy(ROBOT, 'newcomer-3');
    addedBy('somebody-else', 'newcomer-4');
    await world.cardOf('newcomer-4');
    const [, id = ''] = /(EX-\w{10})/.exec(shown(exception)) ?? [];
    expect(shown(await answer(`exceptions ${id}`, 'It has exempted* 1'))).toContain('`newcomer-3`');
    expect(shown(await answer('exceptions', '1 hit, last'))).toContain(id);
    expect(cards()).toHaveLength(3);
  });

  it('is announced a week before its end, in the channel', async () => {
    world.later(23 * DAY + HOUR);
    const notice = await world.slack.until(
      () => cards().find(({ text }) => text.includes('*The exception')),
      'the notice',
      15_000,
    );
    expect(notice.text).toContain('actor `user/hr-bot` *and* group `operators`');
    expect(notice.text).toContain('<@U0ANA> added it: The nightly job of HR adds newcomers');
  });

  it('ends by the clock: the same addition is an alert again, and what was exempted stays so', async () => {
    world.later(7 * DAY);
    await inThread('is over: such additions raise alerts again');
    await world.slack.until(() => shown(exception).includes('its time was over'), 'the card redrawn');
    addedBy(ROBOT, 'newcomer-5');
    await world.cardOf('newcomer-5');
    expect(cards().filter(({ text }) => text.includes('newcomer-3'))).toEqual([]);
    expect(cards().filter(({ text }) => text.includes('*The exception'))).toHaveLength(1);
  });

  it('needs no second person for a group that gives little, and can be ended by hand, from the list', async () => {
    const { ana, slack } = world;
    addedBy(ROBOT, 'newcomer-6', 'readers');
    const other = await world.cardOf('newcomer-6');
    await slack.until(() => shown(other).includes('grants *nothing*'), 'what the group gives');
    await ana.press(other, ACTION.openGuide);
    const guide = await slack.until(
      () => slack.thread(CHANNEL, other.ts).find(({ text }) => text.includes('False positive')),
      'the guide',
    );
    await ana.press(guide, ACTION.stepOffer);
    await slack.until(() => ana.view()?.callback_id === MODAL.exception, 'the form');
    await ana.submit({ [INPUT.reason]: 'The nightly job of HR adds newcomers', [INPUT.expiry]: '7' });
    await ana.submit();
    await slack.until(
      () => slack.thread(CHANNEL, other.ts).find((one) => shown(one).includes('*In force*')),
      'the exception in force',
    );
    addedBy(ROBOT, 'newcomer-7', 'readers');
    addedBy('somebody-else', 'newcomer-8', 'readers');
    await world.cardOf('newcomer-8');
    const list = await answer('exceptions', '1 hit, last');
    await ana.press(list, ACTION.endException);
    await slack.until(
      () => shown(list).includes('*🏁 ended*') && !shown(list).includes(ACTION.endException),
      'the list drawn anew',
    );
    world.later(2 * HOUR);
    addedBy(ROBOT, 'newcomer-9', 'readers');
    await world.cardOf('newcomer-9');
    expect(cards().filter(({ text }) => text.includes('newcomer-7'))).toEqual([]);
  });

  it('has caused no warnings but the refusal', () => {
    expect(world.warnings.filter((warning) => !warning.startsWith('refused'))).toEqual([]);
  });
});
