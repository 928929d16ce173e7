import type { Instant } from '../domain/time.ts';

/** Work that Groupwatch owes, at a time; stored with the change that it follows from. */
export interface NewJob {
  /** The same id is one job. */
  id: string;
  kind: string;
  /** Id of the alert or request it is about. */
  subject: string;
  dueAt: Instant;
}

export interface Job extends NewJob {
  /** How often in a row it failed. */
  failures: number;
}

/** What became of a job: done for good, or owed again at a time. A throw is tried again later by itself. */
export type Handled = { is: 'done' } | { is: 'again'; at: Instant };

/** Leases: of many replicas one has a job, and loses it when it hangs. Done at least once: a crash repeats it. */
export interface JobStore {
  /**
   * Adds the job, or makes the one with this id due at the earlier of both times. When somebody is at it just now,
   * it is done once more afterwards.
   */
  add(job: NewJob): Promise<void>;
  claim(request: {
    kinds: readonly string[];
    /** Those of them that never wait for long: one that is due much later was stored while a clock was wrong. */
    prompt?: readonly string[];
    limit: number;
    holder: string;
    now: Instant;
    leaseMs: number;
  }): Promise<Job[]>;
  /** From now on for so long. False when the lease was lost: then stop, somebody else has the job. */
  extend(id: string, holder: string, leaseMs: number): Promise<boolean>;
  finish(id: string, holder: string): Promise<boolean>;
  /** Gives it back until `dueAt`; with a `failure` it counts as failed. */
  later(id: string, holder: string, outcome: { dueAt: Instant; failure?: string }): Promise<boolean>;
  /** How many are due by now. */
  due(now: Instant): Promise<number>;
}
