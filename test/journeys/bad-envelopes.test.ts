import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION, COMMAND } from '../../src/slack/ids.ts';
import { helpAnswer } from '../../src/slack/views/answers/help.ts';
import { checkBlocks } from '../../src/standins/slack/block-kit.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { markupOf, nasty, TAGS } from '../support/markup.ts';
import { mutated } from '../support/mutated.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';

describe('over Socket Mode, the program takes no harm', () => {
  let world: World;
  let card: Message;
  beforeAll(async () => {
    world = await startWorld();
    world.aws.addUserToGroup({ user: 'bob', group: 'admins' });
    card = await world.cardOf('bob');
    await world.slack.until(() => world.slack.openSockets() > 0, 'a socket');
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  async function works(): Promise<void> {
    const answers = world.ana.ephemerals().length;
    expect((await world.ana.command(CHANNEL, COMMAND, 'rule')).acked).toBe(true);
    await world.slack.until(() => world.ana.ephemerals().length > answers, 'an answer');
    expect(world.slack.openSockets()).toBeGreaterThan(0);
  }

  const press = () => ({
    type: 'block_actions',
    user: { id: 'U0ANA', username: 'Ana', team_id: world.slack.teamId },
    team: { id: world.slack.teamId },
    container: { type: 'message', message_ts: card.ts, channel_id: CHANNEL },
    trigger_id: '1.2',
    channel: { id: CHANNEL },
    message: { ts: card.ts },
    response_url: `${world.slack.apiUrl}nowhere`,
    actions: [{ type: 'button', action_id: ACTION.acknowledge, value: '?', block_id: 'b' }],
  });
  const envelope = () => ({
    envelope_id: 'e1',
    type: 'interactive',
    accepts_response_payload: true,
    payload: press(),
  });

  it('from envelopes with something else in them', async () => {
    fc.assert(
      fc.property(mutated(envelope()), (strange) => {
        // These are Slack's own words for an end of the connection.
        fc.pre(!/"type":"disconnect"/.test(JSON.stringify(strange)));
        world.slack.faults.say(JSON.stringify(strange));
      }),
      { numRuns: 300 },
    );
    await works();
  });

  it('from events with something else in them', async () => {
    const event = { type: 'app_home_opened', user: 'U0ANA', channel: 'D0ANA', tab: 'home' };
    const sent = {
      envelope_id: 'e2',
      type: 'events_api',
      payload: { type: 'event_callback', team_id: world.slack.teamId, event, event_id: 'Ev1' },
    };
    fc.assert(
      fc.property(mutated(sent), (strange) => world.slack.faults.say(JSON.stringify(strange))),
      { numRuns: 200 },
    );
    await works();
  });

  it('from whatever somebody types, and its answer names nobody and links nowhere by that', async () => {
    const words = [...JSON.stringify(helpAnswer()).matchAll(/`\/groupwatch ([a-z]+)/g)].map(
      ([, word]) => word,
    );
    const typed = fc.tuple(fc.constantFrom('', ...words), nasty).map((parts) => parts.join(' '));
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        const answers = world.ana.ephemerals().length;
        expect((await world.ana.command(CHANNEL, COMMAND, text)).acked).toBe(true);
        const answer = await world.slack.until(() => world.ana.ephemerals()[answers], text);
        expect(checkBlocks(answer.blocks, 'message')).toEqual([]);
        for (const one of markupOf(answer.blocks))
          expect(String(one.text).replace(TAGS, '')).not.toMatch(/<|>(?!\s|$)/m);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    await works();
  });

  it('from what is no envelope at all', async () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => world.slack.faults.say(text)),
      { numRuns: 200 },
    );
    await works();
  });

  it('and nobody has acted by any of it', async () => {
    expect(JSON.stringify(card.blocks)).toContain('Nobody has taken it yet');
    expect(world.slack.thread(CHANNEL, card.ts).filter(({ text }) => text.includes('U0ANA'))).toEqual([]);
  });
});
