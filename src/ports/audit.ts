import type { AlertId } from '../domain/alert.ts';
import type { UserId } from '../domain/person.ts';
import type { RequestId } from '../domain/response/action.ts';
import type { Instant } from '../domain/time.ts';

/** Somebody as the audit log names them: what Slack verified, and what they were called then. */
export interface Doer {
  id: UserId;
  name?: string;
  /** Slack's workspace id. */
  team?: string;
}

/** What goes on record: acts, refusals, and what Groupwatch did by itself (then without `by`). */
export interface NewAuditEntry {
  at: Instant;
  by?: Doer;
  /** `raised`, an act's name, `refused`, … */
  what: string;
  alertId?: AlertId;
  responseId?: RequestId;
  from?: string;
  to?: string;
  /** JSON; AWS's request ids among it, as `awsRequestId`. */
  facts: Record<string, unknown>;
  /** The same for every delivery of one click: a second one goes nowhere. */
  key?: string;
}

/** An entry in its place in the chain: `hash` is over everything else of it and `previousHash`. */
export interface AuditEntry extends NewAuditEntry {
  sequence: number;
  previousHash: string;
  hash: string;
}

/** Append-only; the database itself refuses updates and deletes. */
export interface AuditStore {
  /** `repeated` when the entry's key is on record already; then nothing is added. */
  record(entry: NewAuditEntry): Promise<'recorded' | 'repeated'>;
  find(sequence: number): Promise<AuditEntry | undefined>;
  /** Everything about an alert, oldest first. */
  historyOf(alertId: AlertId): Promise<AuditEntry[]>;
  /** A page of an alert's history, newest first, and how many entries it has in all. */
  latestOf(
    alertId: AlertId,
    page: { limit: number; offset: number },
  ): Promise<{ entries: AuditEntry[]; total: number }>;
  /** Every entry from a sequence number on, oldest first; never all at once in memory. */
  walk(from?: number): AsyncIterable<AuditEntry>;
  /** What the last entry must be; it tells when entries were cut off at the end. */
  head(): Promise<{ sequence: number; hash: string }>;
}
