import { DAY } from '../domain/time.ts';
import { makeReport } from '../use-cases/report.ts';
import type { Desk } from './desk.ts';
import type { Drawn } from './drawn.ts';
import { helpAnswer } from './views/answers/help.ts';
import { statsAnswer } from './views/answers/stats.ts';

const SPANS: Record<string, number> = { '': 30, '7d': 7, '30d': 30, '90d': 90 };

/** Numbers with their charts; without charts it is still an answer. */
export async function statsOf(desk: Desk, argument: string): Promise<Drawn> {
  const days = SPANS[argument];
  if (days === undefined) return helpAnswer(`stats ${argument}`);
  const to = desk.clock.now();
  const report = await makeReport(desk, { from: to - days * DAY, to });
  if (report.total === 0) return statsAnswer(days, report, []);
  const pictures = await desk.charts(report).catch((error) => {
    desk.log.warn({ error: String(error) }, 'Slack did not take the charts of an answer');
    return undefined;
  });
  return statsAnswer(days, report, pictures);
}
