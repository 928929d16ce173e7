import type { Instant } from '../domain/time.ts';
import type { Timetable } from '../domain/timetable.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore } from '../ports/jobs.ts';
import type { Handler } from './attempt.ts';
import { timesOf } from './next-time.ts';

interface Needs {
  /** Kind of its jobs. Stored: don't rename. */
  kind: string;
  /** Not at all when there is none. */
  when: Timetable | undefined;
  jobs: JobStore;
  clock: Clock;
  /** `at` names the occasion: it is the same when the work is done again, after a crash or so many failures. */
  work: (at: Instant, failures: number) => Promise<void>;
}

export interface Regularly {
  /** Sees to it that the next time is owed. */
  begin(): Promise<void>;
  handler: Handler;
}

/**
 * Work at the times of a timetable, once each on however many replicas. Each time is a job that owes the next one, so
 * a time that the program slept through is made up for, once; and one that the timetable doesn't have any more is left out.
 */
export function regularly({ kind, when, jobs, clock, work }: Needs): Regularly {
  const times = when && timesOf(when);

  async function owe(after: Instant): Promise<void> {
    const dueAt = times?.after(after);
    if (dueAt !== undefined) await jobs.add({ id: `${kind}:${dueAt}`, kind, subject: String(dueAt), dueAt });
  }

  return {
    begin: () => owe(clock.now()),
    async handler({ subject, failures }) {
      const at = Number(subject);
      if (times?.has(at)) {
        await work(at, failures);
        await owe(Math.max(at, clock.now()));
      }
      return { is: 'done' };
    },
  };
}
