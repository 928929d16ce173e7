import type { Instant } from '../domain/time.ts';

/** Takes away what need not be kept any more, a little at a time; never anything of the audit log. */
export interface RetentionStore {
  /**
   * Resolved alerts with all that belongs to them; how many there were, at most `limit`. Not while a response can
   * still be taken back. Goes on record.
   */
  pruneAlerts(request: { raisedBefore: Instant; at: Instant; limit: number }): Promise<number>;
  /** Records as AWS gave them, of alerts that stay; how many there were, at most `limit`. */
  pruneRecords(request: { raisedBefore: Instant; limit: number }): Promise<number>;
  /** Attempts that happened before then. */
  pruneAttempts(request: { before: Instant }): Promise<void>;
  /** Notices to the channel that were shown. */
  pruneNotices(request: { raisedBefore: Instant }): Promise<void>;
}
