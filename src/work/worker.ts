import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, SECOND } from '../domain/time.ts';
import { type AttemptNeeds, attempt } from './attempt.ts';
import { type Loop, loop } from './loop.ts';
import type { Trace } from './trace.ts';

interface Needs extends AttemptNeeds {
  /** Kinds that never wait longer than five minutes; those of a wrong clock's time are done at once. */
  prompt?: readonly string[];
  /** How long a job stays ours without a sign of life. */
  leaseMs?: number;
  /** How long `stop` waits for the jobs under way before it asks them to end. */
  drainMs?: number;
  /** Gives every line that a job's work leaves in the log the same id. */
  within?: Trace['within'];
}

const AT_ONCE = 4;

/** Does due jobs, a few at once, each by one replica. A job that throws is tried again, ever later. */
export function worker(needs: Needs): Loop {
  const { jobs, handlers, prompt, clock, log, holder, leaseMs = MINUTE, drainMs = 5 * SECOND } = needs;
  const kinds = Object.keys(handlers);
  const within: Trace['within'] = needs.within ?? ((_, work) => work());
  const run = attempt(needs, leaseMs);
  const running = new Map<string, { ending: AbortController; ended: Promise<void> }>();

  const turns = loop({
    name: 'taking jobs',
    log,
    async round() {
      const free = AT_ONCE - running.size;
      if (free === 0) return SECOND;
      const now = clock.now();
      const askedAt = performance.now();
      for (const job of await jobs.claim({ kinds, prompt, limit: free, holder, now, leaseMs })) {
        // Under way already, if this process hung for longer than its lease and nobody else took the job.
        if (running.has(job.id)) continue;
        const ending = new AbortController();
        const ended = within('job', () => run(job, askedAt, ending)).finally(() => {
          running.delete(job.id);
          turns.wake();
        });
        running.set(job.id, { ending, ended });
      }
      return SECOND;
    },
  });

  return {
    ...turns,
    /** Gives back what didn't end in time; a job that doesn't heed its signal keeps its lease, so nobody doubles it. */
    async stop() {
      await turns.stop();
      const under = [...running.values()];
      const all = Promise.all(under.map(({ ended }) => ended));
      await Promise.race([all, sleep(drainMs, undefined, { ref: false })]);
      for (const { ending } of under) ending.abort(new Error('Groupwatch is stopping'));
      await Promise.race([all, sleep(SECOND, undefined, { ref: false })]);
    },
  };
}
