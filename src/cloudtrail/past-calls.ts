import type { CloudTrailEvent, Reading } from '../domain/event.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import {
  EVENT_HISTORY,
  type EventSource,
  type Past,
  type PastCalls,
  type PastWish,
  type Window,
} from '../ports/cloudtrail.ts';

/** CloudTrail delivers late: what was read is read again from so long before. */
const OVERLAP = 15 * MINUTE;
/** What came even later is found when all is read anew. */
const FORGET_AFTER = HOUR;
/** So many calls of a name are remembered, the newest. */
const MOST = 5_000;
/** 1,000 calls: whoever wants to know more than that waits for a job of their own. */
const PAGES = 20;

interface Kept {
  /** Newest first. */
  calls: CloudTrailEvent[];
  keys: Set<string>;
  /** All since then is there. */
  from: Instant;
  /** When the newest were read. */
  at: Instant;
  begun: Instant;
}

/**
 * Calls by their name in the Region of IAM's events, read once for all who ask, behind the poll. Those of one name
 * are read by one at a time, so that the others find them.
 */
export function pastCalls({ source, clock }: { source: EventSource; clock: Clock }): PastCalls {
  const known = new Map<string, Kept>();
  const last = new Map<string, Promise<unknown>>();

  function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(name, mine);
    return mine;
  }

  function keptOf(name: string): Kept {
    const now = clock.now();
    const kept = known.get(name);
    if (kept && now - kept.begun < FORGET_AFTER) return kept;
    const fresh = { calls: [], keys: new Set<string>(), from: now, at: now, begun: now };
    known.set(name, fresh);
    return fresh;
  }

  const pages = (name: string, window: Window, signal: AbortSignal) =>
    source.pages({ by: { key: 'EventName', value: name }, window, behindPolls: true }, signal);

  async function readNewer(name: string, kept: Kept, signal: AbortSignal): Promise<void> {
    const at = clock.now();
    const found: CloudTrailEvent[] = [];
    for await (const page of pages(name, whole(kept.at - OVERLAP, at), signal)) found.push(...eventsOf(page));
    add(kept, found);
    kept.at = at;
  }

  /** Back to the full hour before what is wanted: the alerts of one occasion each want some seconds more than the last. */
  async function readOlder(name: string, kept: Kept, wish: PastWish, signal: AbortSignal): Promise<void> {
    const since = reachable(Math.floor(wish.since / HOUR) * HOUR);
    let read = 0;
    for await (const page of pages(name, whole(since, kept.from), signal)) {
      const found = eventsOf(page);
      add(kept, found);
      kept.from = Math.min(kept.from, ...found.map(({ time }) => time));
      if (++read >= PAGES || isFull(kept) || wish.enough?.(kept.calls)) return;
    }
    kept.from = since;
  }

  /** Whoever has waited for long, or has a clock that is behind, may want what AWS doesn't keep any more. */
  const reachable = (since: Instant): Instant =>
    Math.max(since, clock.now() + (source.clockSkew() ?? 0) - EVENT_HISTORY);

  const lacks = (kept: Kept, { since, enough }: PastWish): boolean =>
    kept.from > reachable(since) && !isFull(kept) && !enough?.(kept.calls);

  return {
    of: (name, wish, signal) =>
      inTurn(name, async (): Promise<Past> => {
        signal.throwIfAborted();
        const kept = keptOf(name);
        if (kept.at < wish.notBefore) await readNewer(name, kept, signal);
        if (lacks(kept, wish)) await readOlder(name, kept, wish, signal);
        drop(kept);
        return { calls: [...kept.calls], from: kept.from, at: kept.at };
      }),
  };
}

/** What is older would be forgotten again at once. */
const isFull = ({ calls }: Kept): boolean => calls.length >= MOST;

const whole = (start: Instant, end: Instant): Window => ({
  start: Math.floor(start / SECOND) * SECOND,
  end: Math.max(Math.floor(start / SECOND), Math.floor(end / SECOND)) * SECOND,
});

const eventsOf = (page: readonly Reading[]): CloudTrailEvent[] =>
  page.flatMap((reading) => (reading.is === 'event' ? reading.event : []));

function add(kept: Kept, found: readonly CloudTrailEvent[]): void {
  for (const event of found) {
    if (kept.keys.has(event.key)) continue;
    kept.keys.add(event.key);
    kept.calls.push(event);
  }
  kept.calls.sort((a, b) => b.time - a.time);
}

function drop(kept: Kept): void {
  for (const { key } of kept.calls.splice(MOST)) kept.keys.delete(key);
  const oldest = kept.calls.at(-1);
  if (isFull(kept) && oldest) kept.from = Math.max(kept.from, oldest.time);
}
