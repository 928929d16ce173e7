import { VERDICTS, type Verdict } from './alert.ts';
import { SEVERITIES, type Severity } from './severity.ts';
import { DAY, type Instant } from './time.ts';
import { type AlertTimes, STRETCHES, type Stretch, stretchOf } from './times.ts';

/** The middle and the slow end of what took so long, in milliseconds. */
export interface Spread {
  of: number;
  median: number;
  /** Nine of ten took no longer. */
  p90: number;
}

/** What a number of alerts came to. */
export interface Numbers {
  alerts: number;
  /** Nothing where no alert is known to have come so far. */
  stretches: Partial<Record<Stretch, Spread>>;
  verdicts: Record<Verdict, number>;
  /** Of those that have a verdict, 0 to 1; nothing where none has. */
  falsePositives?: number;
}

/** The same of some alerts that have something in common. */
export interface Share extends Numbers {
  name: string;
}

/** Alerts of one day of the calendar, in UTC. */
export interface DayCount {
  start: Instant;
  bySeverity: Record<Severity, number>;
}

export type By = 'account' | 'group' | 'rule';

/** As spreadsheets do it, between the two nearest (Hyndman and Fan's type 7); undefined of nothing. */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return undefined;
  return low + (high - low) * (place - Math.floor(place));
}

/** The middle and the slow end of some spans; undefined of none. */
export function spreadOf(spans: readonly number[]): Spread | undefined {
  const sorted = spans.toSorted((one, other) => one - other);
  const median = quantile(sorted, 0.5);
  const p90 = quantile(sorted, 0.9);
  return median === undefined || p90 === undefined ? undefined : { of: sorted.length, median, p90 };
}

export function numbersOf(all: readonly AlertTimes[]): Numbers {
  const stretches: Numbers['stretches'] = {};
  for (const stretch of STRETCHES) {
    const spread = spreadOf(all.flatMap((times) => stretchOf(stretch, times) ?? []));
    if (spread) stretches[stretch] = spread;
  }
  const verdicts = { 'true-positive': 0, benign: 0, 'false-positive': 0 };
  for (const { verdict } of all) if (verdict) verdicts[verdict]++;
  const judged = VERDICTS.reduce((sum, verdict) => sum + verdicts[verdict], 0);
  return {
    alerts: all.length,
    stretches,
    verdicts,
    ...(judged > 0 && { falsePositives: verdicts['false-positive'] / judged }),
  };
}

const NAME: Record<By, (times: AlertTimes) => string> = {
  account: ({ account }) => account,
  group: ({ group }) => group ?? '',
  rule: ({ ruleId }) => ruleId,
};

/** The numbers of each account, group or rule, those with most alerts first; an empty name is what has none. */
export function sharesOf(all: readonly AlertTimes[], by: By): Share[] {
  const parts = Map.groupBy(all, NAME[by]);
  return [...parts]
    .map(([name, some]) => ({ name, ...numbersOf(some) }))
    .sort((one, other) => other.alerts - one.alerts || one.name.localeCompare(other.name));
}

/** Alerts by the day in UTC that they were raised on, days without any included. */
export function daysOf(all: readonly AlertTimes[], { from, to }: { from: Instant; to: Instant }): DayCount[] {
  const first = Math.floor(from / DAY);
  const days = Array.from({ length: Math.ceil(to / DAY) - first }, (_, n) => ({
    start: (first + n) * DAY,
    bySeverity: { low: 0, medium: 0, high: 0, critical: 0 },
  }));
  for (const { raisedAt, severity } of all) {
    const day = days[Math.floor(raisedAt / DAY) - first];
    if (day) day.bySeverity[severity]++;
  }
  return days;
}

/** All of a day, whatever its severity. */
export const alertsOn = ({ bySeverity }: DayCount): number =>
  SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0);
