import { afterEach, describe, expect, it } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const cards = (): Message[] => world.slack.messages(CHANNEL).filter(({ thread_ts }) => !thread_ts);
const settled = () => new Promise((resolve) => setTimeout(resolve, 2_500));

describe('when Slack is in trouble, no alert is lost and none is shown twice', () => {
  it('says 429 to posts', async () => {
    world = await startWorld();
    world.slack.faults.rateLimit('chat.postMessage', 2, 1);
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    await world.cardOf('bob');
    await settled();
    expect(cards()).toHaveLength(1);
  });

  it('says 429 again and again while fifty come at once', async () => {
    world = await startWorld({ postEveryMs: 5 });
    let posts = 0;
    world.slack.onChange(({ kind }) => {
      if (kind === 'message' && posts++ % 12 === 0) world.slack.faults.rateLimitChannel(CHANNEL, 1, 1);
    });
    for (let n = 0; n < 50; n++) world.aws.addUserToGroup({ user: `user-${n}`, group: `group-${n}` });
    await world.slack.until(() => cards().length >= 50, 'fifty cards', 40_000);
    await world.drawn();
    expect(cards()).toHaveLength(50);
    expect(new Set(cards().map(({ text }) => /`user-\d+`/.exec(text)?.[0])).size).toBe(50);
    expect(world.slack.calls.filter(({ error }) => error === 'ratelimited').length).toBeGreaterThan(3);
  }, 60_000);

  it('posts, and its answer gets lost', async () => {
    world = await startWorld();
    world.slack.faults.dropReply('chat.postMessage', 1);
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await world.cardOf('bob');
    await settled();
    expect(cards()).toHaveLength(1);
    await world.ana.press(card, ACTION.acknowledge);
    await world.slack.until(() => JSON.stringify(card.blocks).includes('*Acknowledged*'), 'the card redrawn');
  });

  it('posts a line of the thread, and its answer gets lost', async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await world.cardOf('bob');
    world.slack.faults.dropReply('chat.postMessage', 1);
    await world.ana.press(card, ACTION.acknowledge);
    const lines = () => world.slack.thread(CHANNEL, card.ts).map(({ text }) => text);
    await world.slack.until(() => lines().find((text) => text.includes('looking into it')), 'the line');
    await settled();
    expect(new Set(lines()).size).toBe(lines().length);
  });

  it.each(['internal_error', 'fatal_error'])('answers %s', async (error) => {
    world = await startWorld();
    world.slack.faults.fail('chat.postMessage', 1, { error });
    world.slack.faults.fail('chat.postMessage', 1, { status: 503 });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    await world.cardOf('bob');
    expect(cards()).toHaveLength(1);
  });

  it('refuses the blocks: the alert comes as plain text', async () => {
    world = await startWorld();
    world.slack.faults.fail('chat.postMessage', 1, { error: 'invalid_blocks' });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const { blocks, attachments = [] } = await world.cardOf('bob');
    expect([...blocks, ...attachments]).toEqual([]);
  });

  it('cuts the sockets', async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const card = await world.cardOf('bob');
    world.slack.faults.cutSockets();
    let acked = false;
    for (let attempt = 0; attempt < 30 && !acked; attempt++) {
      await settled();
      if (world.slack.openSockets() > 0) acked = (await world.ana.press(card, ACTION.acknowledge)).acked;
    }
    await world.slack.until(() => JSON.stringify(card.blocks).includes('*Acknowledged*'), 'the card redrawn');
  }, 60_000);
});

describe('when AWS is in trouble, every addition is found', () => {
  it('throttles, fails, cuts, answers nonsense, forgets its token, and gives empty pages', async () => {
    world = await startWorld();
    const { faults } = world.aws;
    faults.throttle(1);
    faults.fail(1, 500);
    faults.nonJson(1);
    faults.cut(1);
    faults.emptyPages(2);
    faults.tokenError(1);
    for (let n = 0; n < 8; n++) world.aws.addUserToGroup({ user: `user-${n}`, group: 'admins' });
    await world.slack.until(() => cards().length === 8, 'eight cards', 45_000);
    expect(new Set(cards().map(({ text }) => text)).size).toBe(8);
  }, 60_000);

  it('delivers late, and twice', async () => {
    world = await startWorld();
    world.aws.addUserToGroup({
      user: 'late',
      group: 'admins',
      at: new Date(Date.now() - 600_000),
      lateMs: 3_000,
    });
    world.aws.addUserToGroup({ user: 'twice', group: 'admins', twice: true });
    await world.cardOf('twice');
    await world.cardOf('late');
    await settled();
    expect(cards()).toHaveLength(2);
  });

  it('refuses the call: an attempt, no alert', async () => {
    world = await startWorld();
    const refused = { errorCode: 'AccessDenied', errorMessage: 'no' };
    world.aws.addUserToGroup({ user: 'trudy', group: 'admins', refused });
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    await world.cardOf('bob');
    expect(cards()).toHaveLength(1);
  });

  it('gives a record that nobody can read: it is shown as such, with its text', async () => {
    world = await startWorld();
    world.aws.deliver({ cloudTrailEvent: '{"broken <!channel>', eventName: 'AddUserToGroup' });
    const card = await world.slack.until(() => cards()[0], 'the card');
    expect(card.text).toContain('could not be read: it is not JSON');
    const id = /GW-\w{12}/.exec(card.text)?.[0];
    await world.ana.press(card, ACTION.menu, { option: `raw|${id}` });
    const view = await world.slack.until(() => world.ana.view(), 'the raw event');
    expect(JSON.stringify(view)).toContain('broken <!channel>');
  });

  it('denies access: the channel is told once, and again when the watch sees', async () => {
    world = await startWorld();
    world.aws.faults.deny(true);
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    const blind = await world.slack.until(
      () => cards().find(({ text }) => text.includes("can't watch")),
      'the notice',
    );
    expect(blind.text).toContain('cloudtrail:LookupEvents');
    await world.restart();
    await settled();
    world.aws.faults.deny(false);
    await world.slack.until(() => cards().find(({ text }) => text.startsWith('👁️')), 'the good news');
    await world.cardOf('bob');
    expect(cards()).toHaveLength(3);
  });
});

it('catches up after it was stopped, and says nothing twice', async () => {
  world = await startWorld();
  world.aws.addUserToGroup({ user: 'before', group: 'admins' });
  const card = await world.cardOf('before');
  await world.app.stop();
  world.aws.addUserToGroup({ user: 'meanwhile', group: 'admins' });
  await world.restart();
  await world.cardOf('meanwhile');
  await world.ben.press(card, ACTION.acknowledge);
  await world.slack.until(() => JSON.stringify(card.blocks).includes('<@U0BEN>'), 'the old card redrawn');
  expect(cards()).toHaveLength(2);
});
