import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { makeLog } from '../../src/log.ts';
import { ACTION, pack } from '../../src/slack/ids.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

const line = z.looseObject({
  level: z.string(),
  msg: z.string(),
  request: z.string().optional(),
  user: z.string().optional(),
  act: z.string().optional(),
});
type Line = z.infer<typeof line>;

describe('the log of a journey', () => {
  let world: World;
  const raw: string[] = [];
  const lines = (): Line[] => raw.map((text) => line.parse(JSON.parse(text)));
  const first = (what: string, is: (one: Line) => boolean): Promise<Line> =>
    vi.waitFor(() => lines().find(is) ?? expect.fail(`no line of ${what}`), { timeout: 10_000 });
  const of = (request: string | undefined): Line[] => lines().filter((one) => one.request === request);

  beforeAll(async () => {
    const to = { write: (text: string) => void raw.push(text) };
    world = await startWorld({ log: makeLog('debug', { terminal: false, to }) });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('has one id in every line of a poll, and another in the next poll', async () => {
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    await world.cardOf('bob');
    const raising = await first('the poll', ({ msg, raised }) => msg === 'polled CloudTrail' && raised === 1);
    expect(raising.request).toMatch(/^poll-[0-9a-f]{8}$/);
    const next = await first(
      'the next poll',
      ({ msg, request }) => msg === 'polled CloudTrail' && request !== raising.request,
    );
    expect(next.request).toMatch(/^poll-[0-9a-f]{8}$/);
  });

  it('has it in what goes wrong in a poll', async () => {
    world.aws.faults.deny(true);
    const failed = await first('a failed poll', ({ msg }) => msg.startsWith('a poll failed'));
    const blind = await first('the blind watch', ({ msg }) => msg === 'the watch is blind');
    world.aws.faults.deny(false);
    expect(failed.request).toMatch(/^poll-/);
    expect(blind.request).toBe(failed.request);
  });

  it('has one line for each thing that a person does', async () => {
    const card = await world.cardOf('bob');
    await world.ana.press(card, ACTION.acknowledge);
    await world.ben.command(CHANNEL, '/groupwatch', 'open');
    const pressed = await first('the press', ({ act }) => act === 'alert.acknowledge');
    const asked = await first('the command', ({ act }) => act === '/groupwatch');
    expect(pressed).toMatchObject({ level: 'info', user: 'U0ANA', ms: expect.any(Number) });
    expect(asked).toMatchObject({ level: 'info', user: 'U0BEN' });
    expect(pressed.request).toMatch(/^click-[0-9a-f]{8}$/);
    expect(asked.request).not.toBe(pressed.request);
  });

  it('has the id in every line of a click that goes wrong, also when others click at the same time', async () => {
    const { slack, ana, cleo } = world;
    const card = await world.cardOf('bob');
    const dot = slack.addPerson({ id: 'U0DOT', name: 'Dot' });
    slack.faults.fail('users.info', 1, { error: 'internal_error' });
    await Promise.all([dot, cleo, ana].map((one) => one.press(card, ACTION.openGuide)));
    for (const user of ['U0DOT', 'U0CLEO', 'U0ANA'])
      await first(user, (one) => one.act === ACTION.openGuide && one.user === user);
    for (const user of ['U0CLEO', 'U0DOT']) {
      const refused = lines().find((one) => one.msg.startsWith('refused somebody') && one.user === user);
      expect(refused?.request).toMatch(/^click-/);
      expect(of(refused?.request).map((one) => one.user)).toEqual(of(refused?.request).map(() => user));
      expect(of(refused?.request).map(({ msg }) => msg)).toContain('answered a person');
    }
    const unknown = lines().find(({ msg }) => msg.startsWith('Slack did not tell who somebody is'));
    expect(of(unknown?.request).length).toBeGreaterThan(2);
  });

  it('says nothing of the board in the name of a click that woke it', async () => {
    world.slack.faults.fail('chat.update', 1, { error: 'fatal_error' });
    const card = await world.cardOf('bob');
    const [id = ''] = /GW-[2-9A-HJ-NP-Z]{12}/.exec(card.text) ?? [];
    await world.ben.press(card, ACTION.menu, { option: pack('assign-me', id) });
    const late = await first('the board', ({ msg }) => msg.startsWith('Slack did not take a message'));
    expect(late.request).toBeUndefined();
  });

  it('has no secret in it', () => {
    const all = raw.join('');
    expect(all).not.toMatch(/xoxb-standin|xapp-standin|AKIAEXAMPLE01|ticket=\w|\/response\/[0-9a-f]/);
  });
});
