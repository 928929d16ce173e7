import { DAY } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { RetentionStore } from '../ports/retention.ts';

export const PRUNE_JOB = 'prune';

interface Needs {
  retention: RetentionStore;
  clock: Clock;
  log: Log;
  /** How long alerts are kept, in milliseconds; longer than the 90 days that CloudTrail can deliver them again. */
  keepFor: number;
}

/** So few at once that clicks never wait for it. */
const BATCH = 100;

/** Once a day takes away what is older than it has to be kept. The audit log is never touched. */
export const prune =
  ({ retention, clock, log, keepFor }: Needs) =>
  async (_: unknown, signal: AbortSignal): Promise<{ is: 'again'; at: number }> => {
    const at = clock.now();
    const raisedBefore = at - keepFor;
    const all = async (some: () => Promise<number>): Promise<number> => {
      let total = 0;
      for (let count = BATCH; count === BATCH; total += count) {
        signal.throwIfAborted();
        count = await some();
      }
      return total;
    };
    const alerts = await all(() => retention.pruneAlerts({ raisedBefore, at, limit: BATCH }));
    const records = await all(() => retention.pruneRecords({ raisedBefore, limit: BATCH }));
    await retention.pruneNotices({ raisedBefore });
    await retention.pruneAttempts({ before: raisedBefore });
    if (alerts + records > 0) log.info({ alerts, records, raisedBefore }, 'took away what need not be kept');
    return { is: 'again', at: at + DAY };
  };

/** Owes the pruning; it is one job, however many replicas owe it. */
export function owePruning(jobs: JobStore, clock: Clock): Promise<void> {
  return jobs.add({ id: PRUNE_JOB, kind: PRUNE_JOB, subject: PRUNE_JOB, dueAt: clock.now() });
}
