import type { AlertId } from '../../domain/alert.ts';
import type { IamFacts } from '../../domain/facts.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PastCalls } from '../../ports/cloudtrail.ts';
import type { JobStore, NewJob } from '../../ports/jobs.ts';
import type { Log } from '../../ports/log.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Place } from '../raise-alerts.ts';

export interface AssessNeeds {
  alerts: AlertStore;
  jobs: JobStore;
  facts: IamFacts;
  past: PastCalls;
  ruleOf: (id: string) => Rule;
  /** Where an alert belongs that has become more severe. */
  place?: Place;
  clock: Clock;
  log: Log;
  /** There is something new to draw. */
  wake: () => void;
}

/** Kind of the job that every new alert brings. Stored: don't rename. It only pinned ids once. */
export const ASSESS_JOB = 'alert.pin';

/** Owed about every new alert, at once, and again about one that others shed new light on. */
export const assessJob = (alertId: AlertId, dueAt: Instant): NewJob => ({
  id: `${ASSESS_JOB}:${alertId}`,
  kind: ASSESS_JOB,
  subject: alertId,
  dueAt,
});
