import type { CloudTrailEvent, Reading } from '../domain/event.ts';
import { DAY, type Instant, MINUTE } from '../domain/time.ts';

/** The account that the credentials belong to, as STS tells. */
export interface AccountIdentity {
  account: string;
  partition: string;
  arn: string;
}

/** Start and end are inclusive and whole seconds, as LookupEvents has them. */
export interface Window {
  start: Instant;
  end: Instant;
}

/** What LookupEvents can search by, one at a time; values are compared with regard to case. */
export interface EventAttribute {
  key: 'EventName' | 'Username' | 'AccessKeyId' | 'ResourceName' | 'EventId';
  value: string;
}

/** So far back from now LookupEvents goes, 90 days; a little less, so that a window is in range until it is read. */
export const EVENT_HISTORY = 90 * DAY - 10 * MINUTE;

/** Reads CloudTrail. Every failure is a `SourceFailure`; AWS's throttling and 5xx have been retried before it. */
export interface EventSource {
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  /**
   * Every event with one attribute in the window, newest first, page by page to the end.
   * An event is never left out; one may come twice when AWS makes the scan start again.
   */
  pages(scan: EventScan, signal: AbortSignal): AsyncIterable<Reading[]>;
  /** AWS's clock minus ours, from the last answer. */
  clockSkew(): number | undefined;
  /** Requests sent to LookupEvents in the last minute. */
  callsLastMinute(): number;
  /** Requests that wait for their turn within the quota. */
  waiting(): { polls: number; lookUps: number };
}

/** What to read of CloudTrail; `behindPolls` lets the poll go first, whenever it asks. */
export interface EventScan {
  by: EventAttribute;
  window: Window;
  behindPolls?: boolean;
}

/** Which calls are wanted: since when, read when at the earliest, and when there are enough of them. */
export interface PastWish {
  since: Instant;
  notBefore: Instant;
  /** Asked after every page, the newest first. */
  enough?: (calls: readonly CloudTrailEvent[]) => boolean;
}

/** Calls of one name, newest first; all since `from`, which is later than wanted where there were too many. */
export interface Past {
  calls: readonly CloudTrailEvent[];
  from: Instant;
  /** When CloudTrail was asked for the newest. */
  at: Instant;
}

/** Calls of the past, remembered and shared by all who ask. Throws a `SourceFailure`. */
export interface PastCalls {
  of(eventName: string, wish: PastWish, signal: AbortSignal): Promise<Past>;
}

/** Whose calls to look for: LookupEvents finds by key and by name, and `isTheirs` tells namesakes apart. */
export interface Whose {
  keys: readonly string[];
  names: readonly string[];
  isTheirs: (event: CloudTrailEvent) => boolean;
}

/** What somebody did; all since `from`, which is later than asked for where there was too much. */
export interface Done {
  events: CloudTrailEvent[];
  from: Instant;
  /** Of LookupEvents. */
  pages: number;
}

/** Reads what somebody did in a window; tells the pages read so far. Throws a `SourceFailure`, or what aborted it. */
export type ReadActivity = (
  whose: Whose,
  window: Window,
  how: { signal: AbortSignal; progress?: (pages: number) => Promise<void> },
) => Promise<Done>;

/** `role`: the account's own role can't be assumed. */
export type SourceTrouble =
  | 'role'
  | 'access-denied'
  | 'credentials'
  | 'throttled'
  | 'unreachable'
  | 'unexpected';

/** CloudTrail couldn't be read; `trouble` says what a person can do about it. */
export class SourceFailure extends Error {
  readonly trouble: SourceTrouble;
  constructor(trouble: SourceTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SourceFailure';
    this.trouble = trouble;
  }
}
