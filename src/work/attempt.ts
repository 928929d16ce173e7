import { MINUTE, SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Handled, Job, JobStore } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import { keepLease } from './keep-lease.ts';

/**
 * Does one job. It may be called again for a job that it has done, when the end of it couldn't be stored. When the
 * signal aborts, another replica may have the job already: then it must write nothing more.
 */
export type Handler = (job: Job, signal: AbortSignal) => Promise<Handled>;

export interface AttemptNeeds {
  jobs: JobStore;
  /** By kind; jobs of other kinds are left for others. */
  handlers: Record<string, Handler>;
  clock: Clock;
  log: Log;
  /** Names this replica; no other may have the same. */
  holder: string;
}

/** `askedAt` is when the job was claimed, by performance.now(). */
export type Attempt = (job: Job, askedAt: number, ending: AbortController) => Promise<void>;

const LONGEST_BACK_OFF = 5 * MINUTE;

/** Does a claimed job once and stores what became of it; keeps its lease meanwhile. Never throws. */
export function attempt(needs: AttemptNeeds, leaseMs: number): Attempt {
  const { jobs, handlers, clock, log, holder } = needs;

  /** Stores what became of the job; false when it isn't ours any more. */
  async function handle(job: Job, signal: AbortSignal): Promise<boolean> {
    const { id, kind, failures } = job;
    try {
      const handler = handlers[kind];
      if (!handler) throw new Error(`there is no handler for jobs of the kind ${kind}`);
      const handled = await handler(job, signal);
      return handled.is === 'done'
        ? await jobs.finish(id, holder)
        : await jobs.later(id, holder, { dueAt: handled.at });
    } catch (error) {
      if (signal.aborted) return jobs.later(id, holder, { dueAt: clock.now() });
      log.warn({ job: id, kind, failures: failures + 1, error }, 'a job failed; it is tried again');
      const dueAt = clock.now() + Math.min(LONGEST_BACK_OFF, SECOND * 2 ** Math.min(failures, 20));
      return jobs.later(id, holder, { dueAt, failure: String(error) });
    }
  }

  return async (job, askedAt, ending) => {
    const { id, kind } = job;
    const renew = (): Promise<boolean> => jobs.extend(id, holder, leaseMs);
    const stop = keepLease({ what: `job ${id}`, renew, askedAt, leaseMs, ending });
    try {
      const ours = await handle(job, ending.signal);
      if (!ours) log.warn({ job: id, kind }, 'a job was taken by another replica before its end');
    } catch (error) {
      log.warn({ job: id, kind, error: String(error) }, 'the end of a job was not stored; it is repeated');
    } finally {
      stop();
    }
  };
}
