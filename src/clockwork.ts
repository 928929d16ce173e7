import type { Settings } from './config.ts';
import type { Report } from './domain/report.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { ShownPicture } from './ports/messages.ts';
import type { Storage } from './ports/storage.ts';
import { DIGEST_JOB, tellDigest } from './use-cases/digest.ts';
import { REMIND_JOB, remind } from './use-cases/remind.ts';
import { STILL_OPEN_JOB, tellStillOpen } from './use-cases/still-open.ts';
import type { Handler } from './work/attempt.ts';
import { type Regularly, regularly } from './work/regularly.ts';

interface Context {
  storage: Storage;
  clock: Clock;
  log: Log;
  /** Has the charts of a report put where Slack can show them. */
  charts: (report: Report) => Promise<ShownPicture[]>;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

type Regular = Pick<Settings, 'channel' | 'escalation' | 'dailySummary' | 'weeklyDigest'>;

/** What happens because of the time alone: reminders, and what the channel is told regularly. */
export function clockwork(
  { channel, escalation: plan, dailySummary, weeklyDigest }: Regular,
  { storage: { alerts, audit, jobs, messages }, clock, log, charts, wake }: Context,
): { begin(): Promise<void>; handlers: Record<string, Handler> } {
  const summary: Regularly = regularly({
    kind: STILL_OPEN_JOB,
    when: dailySummary,
    jobs,
    clock,
    work: tellStillOpen({ alerts, messages, channel, redraw: wake }),
  });
  const digest: Regularly = regularly({
    kind: DIGEST_JOB,
    when: weeklyDigest,
    jobs,
    clock,
    work: tellDigest({ alerts, messages, charts, channel, log, redraw: wake }),
  });
  return {
    async begin() {
      await summary.begin();
      await digest.begin();
    },
    handlers: {
      [REMIND_JOB]: remind({ alerts, audit, messages, plan, clock, wake }),
      [STILL_OPEN_JOB]: summary.handler,
      [DIGEST_JOB]: digest.handler,
    },
  };
}
