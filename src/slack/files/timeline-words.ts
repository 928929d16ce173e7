import { type Timeline, utc } from '../../domain/answer.ts';

/** The services with most calls get a colour of their own. */
export const MOST_SERVICES = 6;
export const OTHERS = 'others';

/** Services by how often they were called, those beyond the most frequent as one. */
export function servicesOf({ hours }: Timeline): { name: string; total: number }[] {
  const totals = new Map<string, number>();
  for (const { services } of hours)
    for (const [name, count] of Object.entries(services)) totals.set(name, (totals.get(name) ?? 0) + count);
  const sorted = [...totals].map(([name, total]) => ({ name, total })).sort((a, b) => b.total - a.total);
  const rest = sorted.slice(MOST_SERVICES).reduce((sum, { total }) => sum + total, 0);
  return [...sorted.slice(0, MOST_SERVICES), ...(rest > 0 ? [{ name: OTHERS, total: rest }] : [])];
}

export const totalOf = ({ services }: Timeline['hours'][number]): number =>
  Object.values(services).reduce((sum, count) => sum + count, 0);

/** What the picture shows, in words: for screen readers, and for whoever can't tell the colours. */
export function timelineAlt(timeline: Timeline): string {
  const { title, marked, hours } = timeline;
  const all = hours.reduce((sum, hour) => sum + totalOf(hour), 0);
  const busiest = hours.toSorted((a, b) => totalOf(b) - totalOf(a))[0];
  const services = servicesOf(timeline).map(({ name, total }) => `${name} ${total}`);
  const first = hours[0]?.start;
  const peak = busiest ? ` Most in the hour from ${utc(busiest.start)} UTC: ${totalOf(busiest)}.` : '';
  return `${title}. ${all} calls in ${hours.length} hours from ${utc(first)} UTC, by service: ${services.join(', ')}.${peak} The addition is marked at ${utc(marked)} UTC.`.slice(
    0,
    1_900,
  );
}
