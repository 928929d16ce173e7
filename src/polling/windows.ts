import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../domain/time.ts';
import type { Window } from '../ports/cloudtrail.ts';
import type { Scan, Watch } from '../ports/watches.ts';

/** LookupEvents keeps 90 days; a day less, so that a window is never out of range. */
const KEPT = 89 * DAY;
/** Events were seen to arrive late; every scan reads at least this much of the last one again. */
const LEAST_OVERLAP = 30 * MINUTE;

/** Sweeps look for what arrived later than the overlap: how far back, and how often. */
export const SWEEPS = {
  hourly: { every: HOUR, back: DAY },
  daily: { every: DAY, back: 14 * DAY },
} satisfies Record<Exclude<Scan, 'tick'>, { every: number; back: number }>;

/** CloudTrail's times are whole seconds, and both ends of a window are inclusive. */
const wholeSecond = (at: Instant): Instant => Math.floor(at / SECOND) * SECOND;

/**
 * What the tick has to read: from the watermark less the overlap, up to now; after downtime all of it, as far as
 * AWS keeps it. The very first start looks back by `lookback` only.
 */
export function tickWindow(watch: Watch | undefined, now: Instant, lookback: number): Window {
  const end = wholeSecond(now);
  if (watch?.watermark === undefined) return { start: wholeSecond(end - lookback), end };
  const start = Math.min(watch.watermark, end) - Math.max(lookback, LEAST_OVERLAP);
  return { start: wholeSecond(Math.max(start, watch.since, end - KEPT)), end };
}

export function sweepWindow(scan: Exclude<Scan, 'tick'>, since: Instant, now: Instant): Window {
  const end = wholeSecond(now);
  return { start: wholeSecond(Math.max(end - SWEEPS[scan].back, since)), end };
}

/**
 * Up to where a window was read that was asked for at `askedAt` by AWS's time. A clock that is ahead makes a window end
 * in the future, and what happens until then has not been read.
 */
export function readUntil({ end }: Window, askedAt: Instant): Instant {
  return end - askedAt > MINUTE ? wholeSecond(askedAt) : end;
}

/**
 * A sweep is due when its last complete one began long enough ago; until one completes it stays due. One that began
 * in the future began by a wrong clock.
 */
export function sweepDue(scan: Exclude<Scan, 'tick'>, watch: Watch | undefined, now: Instant): boolean {
  const since = now - (watch?.completedAt ?? Number.NEGATIVE_INFINITY);
  return since < 0 || since >= SWEEPS[scan].every;
}
