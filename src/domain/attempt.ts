import type { CloudTrailEvent } from './event.ts';
import type { Instant } from './time.ts';

/** A call that the rule looks for and that AWS turned down. Nothing came of it. */
export interface Attempt {
  account: string;
  event: CloudTrailEvent;
  /** Whom and what it was to be, as far as the record or AWS's message tell. Outside text. */
  subject?: string;
  object?: string;
  /** For want of permission, and not because there is no such user or group. */
  denied: boolean;
}

/** How many within how long, in milliseconds, are worth an alert. */
export interface Threshold {
  count: number;
  within: number;
}

/**
 * Runs of attempts by one actor that are worth an alert of their own, each with all that belong to it. `told` are the
 * beginnings of those that there is an alert of: what lies as near to one as a run is long belongs to that, so late
 * records raise no second one. Pure; the attempts may be in any order.
 */
export function runsOf<T extends { attempt: Attempt }>(
  attempts: readonly T[],
  { count, within }: Threshold,
  told: readonly Instant[],
): T[][] {
  const near = (at: Instant): boolean => told.some((beginning) => Math.abs(at - beginning) <= within);
  let left = attempts
    .filter(({ attempt }) => attempt.denied && !near(attempt.event.time))
    .toSorted((a, b) => a.attempt.event.time - b.attempt.event.time);
  const runs: T[][] = [];
  while (left.length >= count) {
    const beginning = left[0]?.attempt.event.time ?? 0;
    const run = left.filter(({ attempt }) => attempt.event.time - beginning <= within);
    if (run.length >= count) runs.push(run);
    left = left.slice(run.length >= count ? run.length : 1);
  }
  return runs;
}
