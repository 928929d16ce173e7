import type { Alert, AlertId } from '../domain/alert.ts';
import { type Act, type Refusal, take } from '../domain/alert-lifecycle.ts';
import type { Instant } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { AuditStore, Doer } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { NewJob } from '../ports/jobs.ts';
import { firstJob } from './answers/jobs.ts';

/** What came of a person's act. `repeated` is a second delivery of a click that has had its effect already. */
export type StepResult =
  | { is: 'done'; alert: Alert }
  | { is: 'refused'; alert: Alert; refusal: Refusal }
  | { is: 'repeated' }
  | { is: 'gone' };

export type TakeStep = (wish: {
  alertId: AlertId;
  act: Act;
  by: Doer;
  key: string;
  /** What the person saw of what the act replaces. */
  seen?: string;
}) => Promise<StepResult>;

interface Needs {
  alerts: AlertStore;
  audit: AuditStore;
  clock: Clock;
  redraw: () => void;
}

/** Everyone who lost the race reads the alert anew; so many in a row means that something else is wrong. */
const ATTEMPTS = 20;

/** What is owed because of an act. */
const followUps = (act: Act, alertId: AlertId, at: Instant): NewJob[] =>
  act.do === 'open-guide' ? [firstJob(alertId, at)] : [];

/** Lets a person move an alert. Of two at once one moves it, and the other is told who was faster; both are on record. */
export const takeStep =
  ({ alerts, audit, clock, redraw }: Needs): TakeStep =>
  async ({ alertId, act, by, key, seen }) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const alert = await alerts.find(alertId);
      if (!alert) return { is: 'gone' };
      const at = clock.now();
      const outcome = take({ ...act, by: by.id, at, seen }, alert);
      if (!outcome.ok) {
        const { refusal } = outcome;
        const facts = { act: act.do, because: refusal.because };
        const entry = { at, by, what: 'refused', alertId, from: alert.handling.is, facts, key };
        return (await audit.record(entry)) === 'repeated'
          ? { is: 'repeated' }
          : { is: 'refused', alert, refusal };
      }
      const saving = await alerts.save(outcome.alert, {
        act,
        by,
        at,
        key,
        jobs: followUps(act, alertId, at),
      });
      if (saving === 'repeated') return { is: 'repeated' };
      if (saving === 'saved') {
        redraw();
        return { is: 'done', alert: outcome.alert };
      }
    }
    throw new Error(`alert ${alertId} kept changing under ${ATTEMPTS} attempts to save it`);
  };
