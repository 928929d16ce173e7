import { setTimeout as sleep } from 'node:timers/promises';
import { SWEEPS } from '../../src/polling/windows.ts';
import { roleSession } from '../../src/standins/aws/actors.ts';
import { startWorld, type World } from '../support/world.ts';
import { type Figure, quantile } from './figure.ts';
import type { Room } from './measures.ts';

const SCHEDULE_MS = 15_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVENTS = 80;
/** Slack takes a message a second in a channel; in one for all of them, that would be all that is measured. */
const CHANNELS = 20;
const PATIENCE = 60_000;
/** LookupEvents' quota, for everyone in the account and Region. */
const QUOTA_PER_HOUR = 2 * 3_600;

/** How long an event that CloudTrail shows waits for its card, and what the polls cost, all at default settings. */
export async function arrival({ quick }: Room): Promise<Figure[]> {
  const channels = Array.from({ length: CHANNELS }, (_, n) => `C0TEAM${n}`);
  await using world = await startWorld({
    lookupsPerSecond: 1,
    postEveryMs: 1_000,
    updateEveryMs: 1_500,
    settings: {
      pollSchedule: '*/15 * * * * *',
      routes: channels.map((channel, n) => ({ groups: [`group-${n}`], channel })),
    },
    prepare(slack) {
      for (const id of channels) slack.addChannel({ id, name: id.toLowerCase(), members: ['U0ANA'] });
    },
  });
  const calls = await callsAnHour(world);
  const visibleAt = await happen(world, quick ? EVENTS / 4 : EVENTS);
  const waits = await waitsOf(world, channels, visibleAt);
  const least = [...visibleAt.values()].map((at) => SCHEDULE_MS - (at % SCHEDULE_MS));
  return [
    figure('visible event to card, p50', 0.5, waits, least),
    figure('visible event to card, p95', 0.95, waits, least),
    {
      name: 'LookupEvents calls an hour at rest',
      value: calls,
      unit: 'calls/h',
      comparison: "AWS's quota, which others share, calls/h",
      against: QUOTA_PER_HOUR,
    },
  ];
}

/** A minute of polls, as it goes on for an hour, and the sweeps that fall into one: each was seen once at the start. */
async function callsAnHour({ aws }: World): Promise<number> {
  // Sweeps begin with the second poll.
  while (aws.lookups.length < 2 + Object.keys(SWEEPS).length) await sleep(50);
  await sleep(Math.max(0, SCHEDULE_MS - (Date.now() % SCHEDULE_MS) - 1_000));
  const before = aws.lookups.length;
  await sleep(MINUTE);
  const polls = aws.lookups.length - before;
  const sweeps = Object.values(SWEEPS).reduce((sum, { every }) => sum + HOUR / every, 0);
  return polls * 60 + sweeps;
}

/** Additions at random moments of a minute and a half; gives when each became visible, by its user. */
async function happen({ aws }: World, events: number): Promise<Map<string, number>> {
  const visibleAt = new Map<string, number>();
  for (let n = 0; n < events; n++) {
    await sleep((2 * Math.random() * 1.5 * MINUTE) / EVENTS);
    const user = `user-${n}`;
    const by = roleSession('Admin', `person-${n}`, { mfa: true });
    // What CloudTrail shows has been some minutes ago.
    aws.addUserToGroup({ user, group: `group-${n % CHANNELS}`, by, at: new Date(Date.now() - 3 * MINUTE) });
    visibleAt.set(user, Date.now());
  }
  return visibleAt;
}

async function waitsOf(
  { slack }: World,
  channels: readonly string[],
  visibleAt: ReadonlyMap<string, number>,
): Promise<number[]> {
  const cards = () => channels.flatMap((id) => slack.messages(id)).filter(({ thread_ts }) => !thread_ts);
  await slack.until(() => cards().length === visibleAt.size, 'all cards', PATIENCE);
  return cards().map(({ ts, text }) => {
    const user = /`(user-\d+)`/.exec(text)?.[1] ?? '';
    return Number(ts) * 1_000 - (visibleAt.get(user) ?? Number.NaN);
  });
}

function figure(name: string, share: number, waits: readonly number[], least: readonly number[]): Figure {
  return {
    name,
    value: quantile(waits, share),
    unit: 'ms',
    comparison: 'the wait of the same events for the next poll, ms',
    against: quantile(least, share),
  };
}
