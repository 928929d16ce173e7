import type { Handled, Job } from '../ports/jobs.ts';
import type { Instruments } from './instruments.ts';

type Handler = (job: Job, signal: AbortSignal) => Promise<Handled>;

/** The same handlers, each of whose tries is counted. One that the signal ended has neither failed nor come to its end. */
export function countJobs(
  handlers: Record<string, Handler>,
  { jobs }: Pick<Instruments, 'jobs'>,
): Record<string, Handler> {
  const counted = ([kind, handle]: [string, Handler]): [string, Handler] => [
    kind,
    async (job, signal) => {
      try {
        const handled = await handle(job, signal);
        jobs.inc({ kind, outcome: handled.is });
        return handled;
      } catch (error) {
        if (!signal.aborted) jobs.inc({ kind, outcome: 'failed' });
        throw error;
      }
    },
  ];
  return Object.fromEntries(Object.entries(handlers).map(counted));
}
