import type { Report } from '../domain/report.ts';
import { DAY, type Instant, MINUTE } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { Log } from '../ports/log.ts';
import type { MessageStore, ShownPicture } from '../ports/messages.ts';
import { makeReport } from './report.ts';

/** Kind of the job that tells it. Stored: don't rename. */
export const DIGEST_JOB = 'summary.digest';

const WEEK = 7 * DAY;
/** A digest without pictures is better than none. */
const PATIENCE = 5;

interface Needs {
  alerts: Pick<AlertStore, 'times'>;
  messages: MessageStore;
  /** Has the charts of a report put where Slack can show them. Rejects when Slack doesn't take them. */
  charts: (report: Report) => Promise<ShownPicture[]>;
  channel: string;
  log: Log;
  redraw: () => void;
}

/** Tells the channel what the last seven days came to, with charts; without them when they were refused again and again. */
export const tellDigest =
  ({ alerts, messages, charts, channel, log, redraw }: Needs) =>
  async (at: Instant, failures: number): Promise<void> => {
    const span = { from: at - WEEK, to: at };
    const report = await makeReport({ alerts }, span);
    const pictures =
      report.total === 0
        ? []
        : await charts(report).catch((error) => {
            if (failures < PATIENCE) throw error;
            log.warn(
              { error: String(error) },
              'the digest goes without its charts, which Slack does not take',
            );
            return [];
          });
    const digest = { is: 'digest', ...span, pictures } as const;
    await messages.notify(`notice:digest:${Math.floor(at / MINUTE)}`, channel, digest, at);
    redraw();
  };
