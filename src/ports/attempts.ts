import type { AlertId } from '../domain/alert.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Instant } from '../domain/time.ts';
import type { Raised, Raising } from './alerts.ts';

/** An attempt as it comes from CloudTrail. */
export interface NewAttempt {
  attempt: Attempt;
  raw: string;
  softKey?: string;
}

/** An attempt that is kept, with the alert that speaks of it, if there is one. */
export interface KeptAttempt {
  attempt: Attempt;
  raw: string;
  alertId?: AlertId;
}

/** An alert about a run of attempts. */
export interface RunRaised {
  raised: Raised;
  run: readonly KeptAttempt[];
}

export interface AttemptStore {
  /**
   * Counts attempts of one actor that nobody has counted, the oldest first: gives `judge` those and all that is as
   * near to them as twice `within`, and raises the alerts that it makes of them. All or none, and one replica at a
   * time. `left` when there are more to be counted.
   */
  count(
    of: { account: string; actor: string },
    within: number,
    judge: (attempts: readonly KeptAttempt[]) => RunRaised[],
  ): Promise<{ raisings: Raising[]; left: boolean }>;
  /** Attempts of an actor by name, ARN or access key, the newest first, and how many there are in all. */
  ofActor(actor: string, limit: number): Promise<{ attempts: Attempt[]; total: number }>;
  /** How many there are, and how many happened since then. */
  tally(since: Instant): Promise<{ total: number; since: number }>;
}

/** Kind of the job that counts an actor's attempts; its subject is `<account> <actor>`. Stored: don't rename. */
export const ATTEMPTS_JOB = 'attempts.count';
