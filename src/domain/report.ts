import { type By, type DayCount, daysOf, type Numbers, numbersOf, type Share, sharesOf } from './numbers.ts';
import type { Instant } from './time.ts';
import type { AlertTimes } from './times.ts';

/** What the alerts of a stretch of time came to. */
export interface Report {
  from: Instant;
  to: Instant;
  /** Alerts that were raised in it. */
  total: number;
  /** Of those, the latest so many are counted. */
  counted: number;
  numbers: Numbers;
  days: DayCount[];
  /** Those with most alerts first. */
  by: Record<By, Share[]>;
}

export function reportOf(
  { times, total }: { times: readonly AlertTimes[]; total: number },
  span: { from: Instant; to: Instant },
): Report {
  return {
    ...span,
    total,
    counted: times.length,
    numbers: numbersOf(times),
    days: daysOf(times, span),
    by: {
      account: sharesOf(times, 'account'),
      group: sharesOf(times, 'group'),
      rule: sharesOf(times, 'rule'),
    },
  };
}
