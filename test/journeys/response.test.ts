import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, INPUT, MODAL, pack } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { NAME, requestIdOf, type Story, shown, startStory, WHY } from '../support/response-story.ts';
import { CHANNEL, startWorld } from '../support/world.ts';

describe('a response is asked for by one person and approved by another', () => {
  let story: Story;
  let request: Message;
  beforeAll(async () => {
    story = await startStory();
  });
  afterAll(() => story?.[Symbol.asyncDispose]());

  it('calls the approvers, and shows them what would be done and broken', async () => {
    const { world, ask, card, cardSays } = story;
    request = await ask(world.ana);
    expect(request.text).toContain('<@U0ANA> <!subteam^S0APPROVERS> please decide: <@U0ANA> asks to disable');
    expect(shown(request)).toContain('Attach the policy `AWSDenyAll`, which denies everything');
    expect(shown(request)).toContain('3. Set the access key `AKIAEXAMPLE12` to inactive · was so already');
    await cardSays(card, '*✋ waiting for approval*, asked by <@U0ANA>');
  });

  it('refuses the approval of whoever asked, also of an approver, at the press', async () => {
    const { ana } = story.world;
    await ana.press(request, ACTION.approveResponse);
    await story.told(ana, 'You have asked for this yourself');
    expect(ana.view()).toBeUndefined();
  });

  it('refuses a second request for the same', async () => {
    const { world, card } = story;
    await world.ben.press(card, ACTION.requestDisablement);
    await world.slack.until(() => world.ben.view(), 'the form');
    await world.ben.submit(WHY);
    expect(JSON.stringify(world.ben.view())).toContain('<@U0ANA> was faster and asked for it');
    world.ben.closeView();
  });

  it('refuses who may respond but not approve, and who has lost the right since the form was opened', async () => {
    const { world, told, openForm } = story;
    await world.cleo.press(request, ACTION.approveResponse);
    await told(world.cleo, "You aren't one of the approvers");
    await openForm(world.ben, request, ACTION.approveResponse);
    world.slack.addPerson({ id: 'U0BEN', name: 'Ben', deleted: true });
    await world.ben.submit(NAME);
    expect(JSON.stringify(world.ben.view())).toContain("A deactivated account can't");
    world.slack.addPerson({ id: 'U0BEN', name: 'Ben' });
    world.ben.closeView();
    expect(shown(request)).toContain('Approve…');
  });

  it('takes no other name than the one that stands there', async () => {
    const { ben } = story.world;
    const form = await story.openForm(ben, request, ACTION.approveResponse);
    expect(JSON.stringify(form)).toContain('Groupwatch changes nothing in AWS');
    await ben.submit({ [INPUT.typedName]: 'Bob' });
    expect(ben.errors()).toEqual({ [INPUT.typedName]: expect.stringContaining("isn't the user's name") });
    expect(shown(request)).toContain('Approve…');
  });

  it('approves once, of two approvers at the same moment and for a payload that comes twice', async () => {
    const { world, openForm, line, thread } = story;
    const { ben, slack } = world;
    const dan = slack.person('U0DAN');
    await openForm(dan, request, ACTION.approveResponse);
    const [sent] = await Promise.all([ben.submit(NAME), dan.submit(NAME)]);
    await sent.again();
    const views = JSON.stringify([ben.view(), dan.view()]);
    expect(views.match(/was faster and approved it/g)).toHaveLength(1);
    await line('approved the request to disable the user `bob`');
    expect(thread().filter(({ text }) => text.includes('approved the request'))).toHaveLength(1);
    ben.closeView();
    dan.closeView();
  });

  it('hands over the commands, and changes nothing in AWS by itself', async () => {
    const { world, line, cardSays } = story;
    const runbook = await line('Runbook to disable the user `bob`');
    expect(shown(runbook)).toContain(
      'aws iam attach-user-policy --user-name=bob --policy-arn=arn:aws:iam::aws:policy/AWSDenyAll',
    );
    expect(shown(runbook)).not.toContain('AKIAEXAMPLE12');
    await cardSays(request, 'The runbook is in this thread');
    expect(shown(request)).not.toContain('Approve…');
    expect(world.aws.stateOf('bob')).toMatchObject({
      attached: [],
      credentials: { AKIAEXAMPLE11: 'accessKey Active' },
    });
  });

  it('is done when people have run every command, each of which one person marks', async () => {
    const { world, line, told, cardSays, card } = story;
    const { ana, ben, cleo } = world;
    const runbook = await line('Runbook to disable');
    const id = requestIdOf(request);
    const marks = (step: string) => ({ blockId: blockOf(runbook, pack(id, step)) });
    await cleo.press(runbook, ACTION.markRun, marks('deny'));
    await told(cleo, "You aren't one of the responders");
    const old = structuredClone(runbook);
    await ana.press(runbook, ACTION.markRun, marks('deny'));
    await cardSays(runbook, 'run by <@U0ANA>');
    await ben.press(old, ACTION.markRun, { blockId: blockOf(old, pack(id, 'deny')) });
    await told(ben, '<@U0ANA> was faster and marked this step as run');
    await ben.press(runbook, ACTION.markRun, marks('key:AKIAEXAMPLE11'));
    await cardSays(request, 'People have run the commands. 3 of 3 steps are done.');
    await line('<@U0BEN> has run the step `key:AKIAEXAMPLE11`');
    await cardSays(card, '*✅ done*');
    expect(shown(runbook)).not.toContain('Mark as run');
  });

  it('is looked up by the command, with its commands', async () => {
    const { world, card } = story;
    const { ana, slack } = world;
    const id = requestIdOf(request);
    const alertId = /GW-\w{12}/.exec(card.text)?.[0] ?? '';
    await ana.command(CHANNEL, '/groupwatch', `response ${alertId}`);
    const all = await story.told(ana, `*Responses to ${alertId}*: 1`);
    expect(shown(all)).toContain(id);
    await ana.command(CHANNEL, '/groupwatch', `response ${id.toLowerCase()}`);
    expect(shown(await story.told(ana, `*Response* \`${id}\``))).toContain('People have run the commands');
    await ana.command(CHANNEL, '/groupwatch', `runbook ${id}`);
    expect(shown(await story.told(ana, `Runbook to disable`))).toContain('aws iam attach-user-policy');
    await ana.command(CHANNEL, '/groupwatch', 'runbook RS-0000000000');
    await story.told(ana, '*Responses to RS-0000000000*: none');
    expect(slack.thread(CHANNEL, card.ts).filter(({ text }) => text.startsWith('Runbook'))).toHaveLength(1);
  });

  it('is taken back by a request of its own, which is denied with a reason', async () => {
    const { world, line, cardSays, openForm, thread } = story;
    const { ana, ben, slack } = world;
    await ana.press(request, ACTION.undoResponse);
    await slack.until(() => ana.view()?.callback_id === MODAL.undoResponse, 'the form');
    await ana.submit({ ...WHY, [INPUT.reactivate]: ['reactivate'] });
    const undo = await line('please decide: <@U0ANA> asks to take back what');
    expect(shown(undo)).toContain('Credentials that were set to inactive are to work again');
    await openForm(ben, undo, ACTION.denyResponse);
    const old = structuredClone(undo);
    await ben.submit({ [INPUT.reason]: 'The key is still out there' });
    await line('denied the request to take back what');
    await cardSays(undo, 'The key is still out there');
    expect(shown(undo)).not.toContain('Approve…');

    await ben.press(old, ACTION.approveResponse);
    await story.told(ben, 'You have denied it already.');
    expect(thread().filter(({ text }) => text.startsWith('Runbook to take back'))).toEqual([]);
  });

  it('is withdrawn by whoever asked, and by nobody else', async () => {
    const { world, ask, told, cardSays, line } = story;
    const other = await ask(world.ana, { [INPUT.response]: 'remove-from-group' });
    expect(other.text).toContain('take the user `bob` out of the group `admins` again');
    await world.ben.press(other, ACTION.withdrawResponse);
    await told(world.ben, 'Only whoever asked can withdraw it');
    const sent = await world.ana.press(other, ACTION.withdrawResponse);
    await sent.again();
    await cardSays(other, '*Withdrawn* by <@U0ANA>');
    await line('<@U0ANA> withdrew the request');
  });

  it('deletes a password only with disabling a user', async () => {
    const { world, card } = story;
    const { ana, slack } = world;
    await ana.press(card, ACTION.requestDisablement);
    await slack.until(() => ana.view(), 'the form');
    const hard = { [INPUT.deletePassword]: ['delete'] };
    await ana.submit({ ...WHY, ...hard, [INPUT.response]: 'remove-from-group' });
    expect(ana.errors()).toEqual({
      [INPUT.deletePassword]: expect.stringContaining('disabling a user only'),
    });
    ana.closeView();
  });

  it('has caused no warnings but the refusals', () => {
    expect(story.world.warnings.filter((warning) => !warning.startsWith('refused'))).toEqual([]);
  });
});

/** The block whose button carries this. */
function blockOf({ blocks }: Message, value: string): string {
  const found = blocks.find((block) => JSON.stringify(block.accessory ?? {}).includes(`"value":"${value}"`));
  if (!found) throw new Error(`no button carries ${value}`);
  return String(found.block_id);
}

describe('a request that nobody decides', () => {
  it('expires, and an old card of it approves nothing', async () => {
    await using story = await startStory({ response: { expiry: 1_500 } });
    const { world, ask, cardSays, told } = story;
    const request = await ask(world.ana);
    const old = structuredClone(request);
    await cardSays(request, '*Expired*');
    expect(request.text).not.toContain('S0APPROVERS');
    await world.ben.press(old, ACTION.approveResponse);
    await told(world.ben, 'The request has expired');
  });
});

describe('without anybody who may approve', () => {
  it('a request is recorded, and its card says why nothing can be done', async () => {
    await using world = await startWorld({
      postEveryMs: 10,
      settings: { approvers: [] },
      prepare: (_, aws) => aws.given.user({ name: 'bob' }),
    });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await world.cardOf('bob');
    await world.ana.press(card, ACTION.requestDisablement);
    await world.slack.until(() => world.ana.view(), 'the form');
    await world.ana.submit(WHY);
    const request = await world.slack.until(
      () =>
        world.slack.thread(CHANNEL, card.ts).find((one) => shown(one).includes('Nobody can approve this')),
      'the request',
    );
    expect(shown(request)).not.toContain('Approve…');
    expect(shown(request)).toContain('Withdraw');
  });
});
