import type { Alert, AlertId } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import type { NewJob } from './jobs.ts';

/** Kind of the job that has a digest drawn anew. Stored: don't rename. */
export const DIGEST_JOB = 'digest.redraw';

/** Owed when an alert of it has changed: a minute later, since hundreds may change in one. */
export const redrawDigest = (digest: string, at: Instant): NewJob => ({
  id: `${DIGEST_JOB}:${digest}`,
  kind: DIGEST_JOB,
  subject: digest,
  dueAt: at + 60_000,
});

/** A digest to be, with all the alerts that stand in it; they belong to one channel. */
export interface NewDigest {
  id: string;
  channel: string;
  alerts: AlertId[];
}

/** An alert whose card isn't posted, and where that would be. */
export interface Unposted {
  alert: Alert;
  channel: string;
}

/** More new alerts in one poll than the channel is to see cards of. */
export interface BurstStore {
  /** Alerts whose cards wait for a decision. */
  waiting(account: string): Promise<Unposted[]>;
  /** Alerts raised since then whose cards are wanted, but nobody has tried to post them yet. */
  undrawn(account: string, since: Instant): Promise<Unposted[]>;
  /**
   * Cards for some, digests for the others, all or none, on record. A card that somebody is drawing by now stays, and
   * doesn't stand in the digest.
   */
  settle(decision: { own: AlertId[]; digests: NewDigest[]; at: Instant }): Promise<void>;
  /** All that stand in it, and whether each has got a card of its own since. */
  ofDigest(id: string): Promise<{ alert: Alert; card: boolean }[]>;
}
