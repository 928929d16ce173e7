import type { Settings } from './config.ts';
import type { Clock, Storage } from './ports.ts';
import { REMIND_JOB, remind } from './use-cases/remind.ts';
import { STILL_OPEN_JOB, tellStillOpen } from './use-cases/still-open.ts';
import type { Handler } from './work/attempt.ts';
import { type Regularly, regularly } from './work/regularly.ts';

interface Context {
  storage: Storage;
  clock: Clock;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** What happens because of the time alone: reminders, and what the channel is told regularly. */
export function clockwork(
  { channel, escalation: plan, dailySummary }: Pick<Settings, 'channel' | 'escalation' | 'dailySummary'>,
  { storage: { alerts, audit, jobs, messages }, clock, wake }: Context,
): { begin(): Promise<void>; handlers: Record<string, Handler> } {
  const summary: Regularly = regularly({
    kind: STILL_OPEN_JOB,
    when: dailySummary,
    jobs,
    clock,
    work: tellStillOpen({ alerts, messages, channel, redraw: wake }),
  });
  return {
    begin: () => summary.begin(),
    handlers: {
      [REMIND_JOB]: remind({ alerts, audit, messages, plan, clock, wake }),
      [STILL_OPEN_JOB]: summary.handler,
    },
  };
}
