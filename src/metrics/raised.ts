import { type Instant, SECOND } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { AttemptStore, RunRaised } from '../ports/attempts.ts';
import type { Instruments } from './instruments.ts';

/**
 * Counts the new alerts, and splits how long each took: until the last poll that didn't show its event, the time is
 * AWS's; from then on it is ours. The first poll of a process can't tell, since it was away before.
 */
export function countRaised(
  alerts: AlertStore,
  lastPollAt: () => Instant | undefined,
  { raised, awsDelay, pollDelay }: Pick<Instruments, 'raised' | 'awsDelay' | 'pollDelay'>,
): AlertStore {
  return {
    ...alerts,
    async raise(batch, ...rest) {
      const raisings = await alerts.raise(batch, ...rest);
      const before = lastPollAt();
      for (const [index, { alert }] of batch.entries()) {
        if (raisings[index] !== 'new') continue;
        raised.inc({ severity: alert.severity });
        if (before === undefined || alert.cause.is !== 'match') continue;
        const seen = Math.max(alert.eventTime, Math.min(before, alert.raisedAt));
        awsDelay.observe((seen - alert.eventTime) / SECOND);
        pollDelay.observe(Math.max(0, alert.raisedAt - seen) / SECOND);
      }
      return raisings;
    },
  };
}

/** Counts the alerts that runs of refused attempts raise; when such a run was seen is nobody's delay. */
export function countRuns(attempts: AttemptStore, { raised }: Pick<Instruments, 'raised'>): AttemptStore {
  return {
    ...attempts,
    async count(of, within, judge) {
      let runs: RunRaised[] = [];
      const counted = await attempts.count(of, within, (near) => {
        runs = judge(near);
        return runs;
      });
      for (const [index, { raised: one }] of runs.entries()) {
        if (counted.raisings[index] === 'new') raised.inc({ severity: one.alert.severity });
      }
      return counted;
    },
  };
}
