import { setTimeout as sleep } from 'node:timers/promises';
import { ACTION } from '../../src/slack/ids.ts';
import { roleSession } from '../../src/standins/aws/actors.ts';
import type { Message } from '../../src/standins/slack/types.ts';
import { CHANNEL, startWorld, type World } from '../support/world.ts';
import { type Figure, quantile } from './figure.ts';

const CLICKS = 250;
const EVERY_MS = 20;
const PATIENCE = 180_000;

/**
 * Acknowledgements at 50 a second, each of an alert of its own: until Slack has the ack, and until the card shows who did
 * it. Slack takes 50 updates a minute, so in earnest that pace would be all that is measured; here the board has none.
 */
export async function clicks(): Promise<Figure[]> {
  await using world = await startWorld({
    postEveryMs: 0,
    updateEveryMs: 0,
    settings: { maxAlertsPerRun: CLICKS },
  });
  const cards = await cardsOf(world);
  const redrawn = redraws(world, cards);
  const clickedAt = new Map<string, number>();
  const acks: Promise<number>[] = [];
  for (const card of cards) {
    clickedAt.set(card.ts, performance.now());
    acks.push(world.ana.press(card, ACTION.acknowledge).then(({ ackMs, acked }) => (acked ? ackMs : 3_000)));
    await sleep(EVERY_MS);
  }
  const ackMs = await Promise.all(acks);
  const shownAt = await redrawn;
  const redrawMs = cards.map(({ ts }) => (shownAt.get(ts) ?? Number.NaN) - (clickedAt.get(ts) ?? 0));
  return [figure('click to ack, p99', ackMs), figure('click to redrawn card, p99', redrawMs)];
}

/** Cards that show all that will be found out about them, so that only clicks have them redrawn. */
async function cardsOf({ aws, slack, drawn }: World): Promise<Message[]> {
  for (let n = 0; n < CLICKS; n++) {
    const by = roleSession('Admin', `person-${n}`, { mfa: true });
    aws.addUserToGroup({ user: `user-${n}`, group: `group-${n}`, by });
  }
  const isCard = ({ thread_ts, text }: Message): boolean => !thread_ts && text.includes('`user-');
  const cards = () => slack.messages(CHANNEL).filter(isCard);
  await slack.until(() => cards().length === CLICKS, 'all cards', PATIENCE);
  while (!cards().every(({ blocks }) => JSON.stringify(blocks).includes('of 100*'))) await sleep(250);
  await drawn();
  return structuredClone(cards());
}

/** When each card first shows that it is acknowledged. */
function redraws({ slack, ana }: World, cards: readonly Message[]): Promise<Map<string, number>> {
  const waiting = new Set(cards.map(({ ts }) => ts));
  const shownAt = new Map<string, number>();
  const { promise, resolve } = Promise.withResolvers<typeof shownAt>();
  slack.onChange(({ kind, ts = '' }) => {
    if (kind !== 'update' || !waiting.has(ts)) return;
    const card = slack.message(CHANNEL, ts);
    if (!JSON.stringify(card?.blocks).includes(`<@${ana.id}>`)) return;
    shownAt.set(ts, performance.now());
    waiting.delete(ts);
    if (waiting.size === 0) resolve(shownAt);
  });
  return promise;
}

function figure(name: string, times: readonly number[]): Figure {
  return {
    name,
    value: quantile(times, 0.99),
    unit: 'ms',
    comparison: 'median of the same clicks, ms',
    against: quantile(times, 0.5),
  };
}
