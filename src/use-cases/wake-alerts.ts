import type { AlertStore } from '../ports/alerts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

interface Needs {
  alerts: AlertStore;
  clock: Clock;
  log: Log;
  redraw: () => void;
}

/** Ends every snooze that is over, once, on however many replicas: on record and in the thread. Never throws. */
export const wakeAlerts =
  ({ alerts, clock, log, redraw }: Needs) =>
  async (): Promise<void> => {
    try {
      const at = clock.now();
      for (const alert of await alerts.snoozedUntil(at)) {
        const awake = { ...alert, version: alert.version + 1, snooze: undefined, wokenAt: at };
        const key = `wake:${alert.id}:${alert.version}`;
        const act = { do: 'wake', to: alert.assignee?.to ?? alert.snooze?.by } as const;
        if ((await alerts.save(awake, { act, at, key })) === 'saved') redraw();
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'snoozed alerts could not be woken; trying again');
    }
  };
