import type { Alert, AlertId } from './domain/alert.ts';
import type { Act } from './domain/alert-lifecycle.ts';
import type { Reading } from './domain/event.ts';
import type { UserId } from './domain/person.ts';
import type { Instant } from './domain/time.ts';

export interface Clock {
  now(): Instant;
}

/** One JSON line a call: `log.info({ alert: id }, 'what happened')`. Never secrets, never raw records. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

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

/** Reads CloudTrail. Every failure is a `SourceFailure`; AWS's throttling and 5xx have been retried before it. */
export interface EventSource {
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  /**
   * Every event of one name in the window, newest first, page by page to the end.
   * An event is never left out; one may come twice when AWS makes the scan start again.
   */
  pages(scan: { eventName: string; window: Window }, signal: AbortSignal): AsyncIterable<Reading[]>;
  /** AWS's clock minus ours, from the last answer. */
  clockSkew(): number | undefined;
  /** Requests sent to LookupEvents in the last minute. */
  callsLastMinute(): number;
}

export type SourceTrouble = 'access-denied' | 'credentials' | 'throttled' | 'unreachable' | 'unexpected';

/** CloudTrail couldn't be read; `trouble` says what a person can do about it. */
export class SourceFailure extends Error {
  readonly trouble: SourceTrouble;
  constructor(trouble: SourceTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SourceFailure';
    this.trouble = trouble;
  }
}

/** A new alert with the text it came from. */
export interface Raised {
  alert: Alert;
  raw: string;
  softKey?: string;
  /** The event that this one corrects, when CloudTrail says so. */
  corrects?: string;
  updatedFields?: string;
}

/** What became of one raised alert: new, seen before, or a second record of an alert that we have. */
export type Raising = 'new' | 'known' | 'linked';

export type Saving = 'saved' | 'moved-on' | 'repeated';

/** Who did what; goes on record with the change that it caused. */
export interface Deed {
  act: Act;
  by: UserId;
  at: Instant;
  /** The same for every delivery of one click: a second one has no effect. */
  key: string;
}

/** One entry of an alert's history. */
export interface Entry {
  sequence: number;
  alertId: AlertId;
  at: Instant;
  by?: UserId;
  /** `raised`, `linked`, or an act's name. */
  what: string;
  facts: Record<string, unknown>;
}

export interface AlertQuery {
  states?: Alert['handling']['is'][];
  raisedSince?: Instant;
  /** Names are compared without regard to case, as IAM does. */
  subject?: string;
  object?: string;
  actor?: string;
  eventId?: string;
  limit: number;
  offset: number;
}

export interface AlertStore {
  /**
   * Stores all or none, durably. An (account, event key) or a soft key that is already known makes no second
   * alert. Every new alert comes with its card, to be drawn, and its entry in the history.
   */
  raise(batch: readonly Raised[]): Promise<Raising[]>;
  find(id: AlertId): Promise<Alert | undefined>;
  /** Saves over `alert.version - 1` only, with its entry, its line in the thread and every drawing to be renewed. */
  save(alert: Alert, deed: Deed): Promise<Saving>;
  search(query: AlertQuery): Promise<{ alerts: Alert[]; total: number }>;
  /** The record as AWS gave it. */
  rawOf(id: AlertId): Promise<string | undefined>;
  historyOf(id: AlertId): Promise<Entry[]>;
  /** Alerts whose snooze has ended by now, the oldest first; at most a hundred. */
  snoozedUntil(now: Instant): Promise<Alert[]>;
  countByState(): Promise<Record<Alert['handling']['is'], number>>;
}

/** What is drawn in Slack: an alert's card, a phase of its guide, a line of its thread, or a notice to the channel. */
export type Drawing =
  | { of: 'card'; alertId: AlertId }
  | { of: 'guide'; alertId: AlertId; phase: string }
  | { of: 'line'; alertId: AlertId; sequence: number }
  | { of: 'notice'; notice: Notice };

/** Something about the watch itself that the channel must know. */
export type Notice =
  | { is: 'blind'; account: string; since: Instant; why: string; remedy: string }
  | { is: 'seeing'; account: string; since: Instant; at: Instant };

/** Desired against shown state of one Slack message. */
export interface Message {
  id: string;
  drawing: Drawing;
  channel: string;
  /** Set once Slack has told it; a string, since Slack's precision doesn't fit a number. */
  ts?: string;
  wantedVersion: number;
  shownVersion: number;
  /** When a post was first tried whose outcome isn't known: look in the channel before trying again. */
  triedAt?: Instant;
  failures: number;
}

export interface MessageStore {
  /** Messages behind their wanted version that nobody else is drawing, most urgent first, leased until `until`. */
  claim(request: {
    channel?: string;
    limit: number;
    holder: string;
    now: Instant;
    until: Instant;
  }): Promise<Message[]>;
  /** Before a first post: remembers that it was tried. False when the lease is gone. */
  trying(id: string, holder: string, at: Instant): Promise<boolean>;
  /** After Slack has answered: what it shows now. Gives the lease back. */
  shown(id: string, shown: { channel: string; ts: string; version: number }): Promise<void>;
  /** Not now: gives the lease back until `retryAt`. `sent: false` when it is certain that Slack has nothing. */
  postpone(id: string, outcome: { retryAt: Instant; failure?: string; sent: boolean }): Promise<void>;
  /** Gives back what this holder has claimed and not drawn. */
  release(holder: string): Promise<void>;
  find(id: string): Promise<Message | undefined>;
  cardOf(alertId: AlertId): Promise<Message | undefined>;
  /** Asks for a notice to the channel; the same id asks only once. */
  notify(id: string, channel: string, notice: Notice, at: Instant): Promise<void>;
  behind(): Promise<number>;
}

export type Scan = 'tick' | 'hourly' | 'daily';

/** How far one scan of one (account, Region) is. */
export interface Watch {
  account: string;
  region: string;
  scan: Scan;
  /** Where watching began; no scan looks further back, so a first start doesn't tell old stories. */
  since: Instant;
  /** Every event up to here is stored. Only the `tick` scan has one. */
  watermark?: Instant;
  /** When the last complete scan began. */
  completedAt?: Instant;
}

export interface WatchStore {
  find(account: string, region: string, scan: Scan): Promise<Watch | undefined>;
  save(watch: Watch): Promise<void>;
  all(): Promise<Watch[]>;
  /** Since when the account can't be watched, if it was told to the channel. */
  blindSince(account: string): Promise<Instant | undefined>;
  setBlindSince(account: string, since: Instant | undefined): Promise<void>;
}

export interface Storage {
  alerts: AlertStore;
  messages: MessageStore;
  watches: WatchStore;
  close(): Promise<void>;
}
