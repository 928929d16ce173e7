import type { Alert, AlertId } from '../domain/alert.ts';
import type { Act } from '../domain/alert-lifecycle.ts';
import type { Call } from '../domain/escalation.ts';
import type { ExceptionId } from '../domain/exception.ts';
import type { UserId } from '../domain/person.ts';
import type { Severity } from '../domain/severity.ts';
import type { Instant } from '../domain/time.ts';
import type { AlertTimes } from '../domain/times.ts';
import type { NewAttempt } from './attempts.ts';
import type { Doer } from './audit.ts';
import type { NewJob } from './jobs.ts';

/** A new alert with the text it came from. */
export interface Raised {
  alert: Alert;
  raw: string;
  softKey?: string;
  /** The event that this one corrects, when CloudTrail says so. */
  corrects?: string;
  updatedFields?: string;
  /** AWS's id of the call: when the call was our own, its record belongs to the alert that it was made for. */
  awsRequestId?: string;
  /** Where its card goes; to the default channel, where nothing is said. */
  channel?: string;
  /** What is owed about it once it is stored as new. */
  jobs?: NewJob[];
  /** When the last complete look began that should have found it, and didn't. */
  lookedAt?: Instant;
  /** The exception that it matches: if that is still in force when it is stored, there is no alert. */
  exemption?: ExceptionId;
}

/** What became of one raised alert: new, seen before, a second record of an alert that we have, or known behaviour. */
export type Raising = 'new' | 'known' | 'linked' | 'exempted';

export type Saving = 'saved' | 'moved-on' | 'repeated';

/** The risk was assessed, and the unique ids of user and group kept. */
export interface AssessDeed {
  do: 'assess';
  score: number;
  severity: Severity;
  /** What it was before. */
  before: Severity;
  factors: string[];
  userId?: string;
  groupId?: string;
}

/** Who did what; goes on record with the change that it caused. */
export interface Deed {
  /** `wake` is the end of a snooze, of interest to whoever has it or snoozed it. */
  act: Act | { do: 'wake'; to?: UserId } | AssessDeed | RemindDeed;
  /** Nobody when Groupwatch did it by itself. */
  by?: Doer;
  at: Instant;
  /** The same for every delivery of one click: a second one has no effect. */
  key: string;
  /** The channel that the alert belongs to now. A card that is posted elsewhere stays, and has a copy there. */
  showIn?: string;
  /** Whether it is a line of the thread; it is, unless told otherwise. */
  line?: boolean;
  /** What is owed because of it. */
  jobs?: NewJob[];
}

/** The alert has called for somebody, since nobody has taken it for so many milliseconds. */
export interface RemindDeed extends Call {
  do: 'remind';
  severity: Severity;
  waited: number;
}

/** What alerts are to answer to, all of it. */
export interface AlertAbout {
  states?: Alert['handling']['is'][];
  raisedSince?: Instant;
  /** Names are compared without regard to case, as IAM does. */
  subject?: string;
  object?: string;
  actor?: string;
  eventId?: string;
  account?: string;
  /** When it happened; both ends are included. */
  occurred?: { from: Instant; to: Instant };
}

export interface AlertQuery extends AlertAbout {
  limit: number;
  offset: number;
}

/** Unresolved alerts; of one person, those that they have been assigned or have acknowledged. */
export interface WorklistQuery {
  states?: ('open' | 'acknowledged')[];
  takenBy?: UserId;
  limit: number;
  offset: number;
}

export interface Worklist {
  alerts: Alert[];
  total: number;
}

/** How many alerts nobody has resolved. */
export type Unresolved = Record<Severity, { open: number; acknowledged: number }>;

/** Alerts raised from one moment on until just before another. */
export interface TimesQuery {
  from: Instant;
  to: Instant;
  limit: number;
}

export interface AlertStore {
  /**
   * Stores all or none, durably. An (account, event key) or a soft key that is already known makes no second
   * alert, also when an exception that is over by now exempted it. Every new alert comes with its card, to be drawn,
   * and its entry in the audit log; every exempted event is kept, counted and on record. Attempts that aren't known
   * yet are stored with it, and owe their count. When there are more new ones than `cards`, none of their cards is
   * wanted before `BurstStore.settle` has said which.
   */
  raise(batch: readonly Raised[], attempts: readonly NewAttempt[], cards?: number): Promise<Raising[]>;
  find(id: AlertId): Promise<Alert | undefined>;
  /** Saves over `alert.version - 1` only, with its entry, its line in the thread and every drawing to be renewed. */
  save(alert: Alert, deed: Deed): Promise<Saving>;
  search(query: AlertQuery): Promise<{ alerts: Alert[]; total: number }>;
  /** The gravest first, of those the newest. */
  worklist(query: WorklistQuery): Promise<Worklist>;
  countUnresolved(): Promise<Unresolved>;
  /** The record as AWS gave it. */
  rawOf(id: AlertId): Promise<string | undefined>;
  /** Alerts whose snooze has ended by now, the oldest first; at most a hundred. */
  snoozedUntil(now: Instant): Promise<Alert[]>;
  countByState(): Promise<Record<Alert['handling']['is'], number>>;
  /** The accounts of the alerts that answer to it, that of the newest event first; at most 20. */
  accountsAbout(about: AlertAbout): Promise<string[]>;
  /** Every name that alerts have in these places, in small letters; at most 5,000. */
  names(places: readonly ('subject' | 'object' | 'actor')[]): Promise<string[]>;
  /** When alerts passed their stations: the newest first, and how many there are in all. */
  times(query: TimesQuery): Promise<{ times: AlertTimes[]; total: number }>;
  /** The same of the latest thousand since then. */
  timesSince(raisedSince: Instant): Promise<AlertTimes[]>;
}
