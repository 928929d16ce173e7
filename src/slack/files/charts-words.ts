import { alertsOn, type DayCount, type Numbers } from '../../domain/numbers.ts';
import { SEVERITIES, type Severity } from '../../domain/severity.ts';
import type { Instant } from '../../domain/time.ts';
import { STRETCH_WORDS, STRETCHES } from '../../domain/times.ts';
import { spreadInWords } from '../views/numbers/words.ts';

/** What the charts are drawn from. */
export interface Charted {
  from: Instant;
  to: Instant;
  days: readonly DayCount[];
  numbers: Numbers;
}

export const dayWords = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

const span = ({ from, to }: Charted): string => `${dayWords(from)} to ${dayWords(to)}`;

export const daysTitle = (charted: Charted): string => `Alerts a day, ${span(charted)} (UTC)`;

export const spansTitle = (charted: Charted): string => `How long it took, ${span(charted)}`;

/** How many of each severity there are in all, the gravest first; none that has none. */
export const totalsOf = (days: readonly DayCount[]): { severity: Severity; total: number }[] =>
  SEVERITIES.toReversed()
    .map((severity) => ({
      severity,
      total: days.reduce((sum, { bySeverity }) => sum + bySeverity[severity], 0),
    }))
    .filter(({ total }) => total > 0);

/** The chart of the days in words, for who can't see it. */
export function daysAlt(charted: Charted): string {
  const all = charted.days.reduce((sum, day) => sum + alertsOn(day), 0);
  const busiest = charted.days.toSorted((one, other) => alertsOn(other) - alertsOn(one))[0];
  const peak = busiest && all > 0 ? ` Most on ${dayWords(busiest.start)}: ${alertsOn(busiest)}.` : '';
  const parts = totalsOf(charted.days).map(({ severity, total }) => `${total} ${severity}`);
  const each = weekOf(charted.days)
    .map((day) => `${dayWords(day.start)} ${alertsOn(day)}`)
    .join(', ');
  return `${daysTitle(charted)}. ${all} in all${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.${peak}${each ? ` By day: ${each}.` : ''}`;
}

/** Each day has its number in words while there are few. */
const weekOf = (days: readonly DayCount[]): readonly DayCount[] => (days.length <= 10 ? days : []);

/** The chart of the spans in words. */
export function spansAlt(charted: Charted): string {
  const lines = STRETCHES.map((stretch) => {
    const spread = charted.numbers.stretches[stretch];
    return `${STRETCH_WORDS[stretch]}: ${spread ? spreadInWords(spread) : 'not known of any'}`;
  });
  return `${spansTitle(charted)}. Medians: ${lines.join('; ')}.`;
}

/** So many days that each can have a mark below it. */
export const everyDays = (count: number): number => Math.max(1, Math.ceil(count / 12));
