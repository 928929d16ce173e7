import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, INPUT, pack } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const shown = (message: Message): string => JSON.stringify(message.blocks);
const idOf = (card: Message): string => /GW-\w{12}/.exec(card.text)?.[0] ?? '';

const WAYS = [
  { mode: 'socket', database: 'sqlite', replicas: 1 },
  { mode: 'http', database: 'sqlite', replicas: 1 },
  { mode: 'socket', database: 'postgres', replicas: 2 },
] as const;

describe.each(WAYS)('an alert is worked from Slack, over $mode, on $database, $replicas running', (way) => {
  let world: World;
  let card: Message;
  beforeAll(async () => {
    world = await startWorld(way);
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = await world.cardOf('bob');
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
  });

  const thread = (): Message[] => world.slack.thread(CHANNEL, card.ts);
  const line = (words: string): Promise<Message> =>
    world.slack.until(() => thread().find(({ text }) => text.includes(words)), `a line with "${words}"`);

  it('appears as one card that says who added whom to what', () => {
    expect(card.text).toContain('`operator` added `bob` to the group `admins` in 111122223333');
    expect(world.slack.messages(CHANNEL)).toHaveLength(1);
  });

  it('is acknowledged by one of two, and the other is told who was faster', async () => {
    const { ana, ben, slack } = world;
    await Promise.all([ana.press(card, ACTION.acknowledge, {}), ben.press(card, ACTION.acknowledge, {})]);
    const told = await slack.until(() => [...ana.ephemerals(), ...ben.ephemerals()][0], 'the refusal');
    const faster = told.ephemeralFor === 'U0ANA' ? 'U0BEN' : 'U0ANA';
    expect(told.text).toContain(`<@${faster}> was faster and acknowledged it`);
    await line(`<@${faster}> is looking into it`);
    expect(thread().filter(({ text }) => text.includes('looking into it'))).toHaveLength(1);
    await slack.until(() => shown(card).includes('*Acknowledged* by'), 'the card redrawn');
    expect(shown(card)).not.toContain(ACTION.acknowledge);
  });

  it('opens its guide in the thread, sixteen steps in three messages', async () => {
    await world.ana.press(card, ACTION.openGuide);
    const guide = await world.slack.until(() => {
      const messages = thread().filter(({ text }) => text.startsWith('Guide,'));
      return messages.length === 3 && messages;
    }, 'the guide');
    expect(guide.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'section'))).toHaveLength(16);
  });

  it('redraws guide and card when a step is ticked', async () => {
    const { ben, slack } = world;
    const triage = await line('Triage');
    await ben.press(triage, ACTION.guideStep, { option: pack('done', idOf(card), 'actor') });
    await slack.until(() => shown(triage).includes('Done: <@U0BEN>'), 'the guide redrawn');
    await slack.until(() => shown(card).includes('1 of 16'), 'the card redrawn');
    await line('<@U0BEN> marked *Actor* as done');
  });

  it('keeps a note on a step', async () => {
    const { ana, slack } = world;
    const triage = await line('Triage');
    await ana.press(triage, ACTION.guideStep, { option: pack('note', idOf(card), 'owners') });
    await slack.until(() => ana.view(), 'the modal');
    await ana.submit({ [INPUT.note]: 'Asked <!channel> Cleo & Dan' });
    await slack.until(() => shown(triage).includes('Asked &lt;!channel&gt; Cleo &amp; Dan'), 'the note');
  });

  it('takes one request for disablement, and asks the approvers', async () => {
    const { ana, slack } = world;
    const old = structuredClone(card);
    await ana.press(card, ACTION.requestDisablement);
    const modal = await slack.until(() => ana.view(), 'the modal');
    expect(JSON.stringify(modal)).toContain('Disable the added user bob');
    const sent = await ana.submit({ [INPUT.reason]: 'Key seen in a public repository' });
    expect(ana.view()).toBeUndefined();
    await sent.again();
    const asked = await line('<@U0BEN> please decide: <@U0ANA> asks to disable the user `bob`');
    expect(shown(asked)).toContain('Key seen in a public repository');
    await slack.until(() => shown(card).includes('*✋ waiting for approval*'), 'the card redrawn');

    await world.ben.press(old, ACTION.requestDisablement);
    await slack.until(() => world.ben.view(), 'the modal of an old card');
    await world.ben.submit({ [INPUT.reason]: 'Me too, I saw it' });
    expect(JSON.stringify(world.ben.view())).toContain('<@U0ANA> was faster and asked for it');
    expect(thread().filter(({ text }) => text.includes('please decide'))).toHaveLength(1);
  });

  it('is refused to who is no responder, privately', async () => {
    await world.cleo.press(card, ACTION.menu, { option: pack('assign-me', idOf(card)) });
    const told = await world.slack.until(() => world.cleo.ephemerals()[0], 'the refusal');
    expect(told.text).toContain("You aren't one of the responders");
    expect(shown(card)).not.toContain('Assigned to');
  });

  it('has one effect for a payload that comes twice', async () => {
    const { ana, slack } = world;
    const sent = await ana.press(card, ACTION.menu, { option: pack('snooze', idOf(card)) });
    expect(sent.acked).toBe(true);
    await slack.until(() => ana.view(), 'the modal');
    const snoozed = await ana.submit({ [INPUT.duration]: '4' });
    await line('snoozed it until');
    await snoozed.again();
    await ana.press(card, ACTION.menu, { option: pack('assign-me', idOf(card)) });
    await line('<@U0ANA> took it on');
    expect(thread().filter(({ text }) => text.includes('snoozed it'))).toHaveLength(1);
  });

  it('needs verdict and note to be resolved, and can be reopened', async () => {
    const { ben, slack } = world;
    await ben.press(card, ACTION.menu, { option: pack('resolve', idOf(card)) });
    await slack.until(() => ben.view()?.callback_id === 'alert.resolve', 'the modal');
    await ben.submit({ [INPUT.verdict]: 'benign', [INPUT.note]: '   ' });
    expect(ben.errors()).toEqual({ note: 'Say in a sentence how you know.' });
    await ben.submit({ [INPUT.verdict]: 'benign', [INPUT.note]: 'Onboarding, ticket 12' });
    await slack.until(() => shown(card).includes('*Resolved as benign* by <@U0BEN>'), 'the card resolved');
    await ben.press(card, ACTION.menu, { option: pack('reopen', idOf(card)) });
    await slack.until(() => shown(card).includes('*Open again:*'), 'the card open again');
  });

  it('is found by the slash command', async () => {
    const { ana, slack } = world;
    await ana.command(CHANNEL, '/groupwatch', 'user BOB');
    const answer = await slack.until(
      () => ana.ephemerals().find(({ text }) => text.includes('`bob`')),
      'the answer',
    );
    expect(shown(answer)).toContain('*Our alerts about it*: 1');
    await ana.command(CHANNEL, '/groupwatch', 'dance');
    const help = await slack.until(
      () => ana.ephemerals().find(({ text }) => text.includes('dance')),
      'the help',
    );
    expect(shown(help)).toContain('/groupwatch event EVENT_ID');
    await ana.command(CHANNEL, '/groupwatch', 'status');
    const status = await slack.until(
      () => ana.ephemerals().find(({ text }) => text.includes('running for')),
      'status',
    );
    expect(shown(status)).toContain('Last complete poll');
  });

  it('has caused no warnings but the refusal', () => {
    expect(world.warnings.filter((warning) => !warning.startsWith('refused'))).toEqual([]);
  });
});
