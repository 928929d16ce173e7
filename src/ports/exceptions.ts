import type { Exception, ExceptionId } from '../domain/exception.ts';
import type { Instant } from '../domain/time.ts';
import type { Saving } from './alerts.ts';
import type { Change } from './responses.ts';

/** Numbers about what is stored, for /metrics; nothing else is decided by them. */
export interface CountStore {
  /** Alerts that nobody has resolved. */
  unresolved(): Promise<{ state: string; severity: string; count: number }[]>;
  requests(): Promise<{ state: string; count: number }[]>;
  blindAccounts(): Promise<number>;
  /** Names of drawings that Slack doesn't show yet; the same while the same one waits. */
  behind(limit: number): Promise<string[]>;
}

/** An event that raised no alert, since it was known behaviour. Names are outside text. */
export interface ExemptedEvent {
  account: string;
  eventKey: string;
  at: Instant;
  actor: string;
  subject?: string;
  object?: string;
}

export interface ExceptionStore {
  /** A new one with its card in the alert's thread. `repeated` for a second delivery of the same click. */
  open(exception: Exception, change: Change): Promise<Saving>;
  /** Saves over `exception.version - 1` only, but for its hits, which are counted as events come. */
  save(exception: Exception, change: Change): Promise<Saving>;
  find(id: ExceptionId): Promise<Exception | undefined>;
  /** Every one that exempts events now. */
  inForce(now: Instant): Promise<Exception[]>;
  /** Those that wait for a second person, the oldest first, and how many there are in all. */
  pending(now: Instant, limit: number): Promise<{ exceptions: Exception[]; total: number }>;
  /** Those that exempt something, or may come to, before those that are over; the newest first. */
  list(page: { limit: number; offset: number }): Promise<{ exceptions: Exception[]; total: number }>;
  /** The events that it has exempted, newest first. */
  exempted(
    id: ExceptionId,
    page: { limit: number; offset: number },
  ): Promise<{ events: ExemptedEvent[]; total: number }>;
}
