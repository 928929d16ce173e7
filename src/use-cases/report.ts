import { type Report, reportOf } from '../domain/report.ts';
import type { Instant } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';

/** So many alerts are counted at once that an answer comes at once. */
const MOST = 20_000;

/** What the alerts of a stretch of time came to, from our own store. */
export async function makeReport(
  { alerts }: { alerts: Pick<AlertStore, 'times'> },
  span: { from: Instant; to: Instant },
): Promise<Report> {
  return reportOf(await alerts.times({ ...span, limit: MOST }), span);
}
