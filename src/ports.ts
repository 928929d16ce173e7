import type { Alert, AlertId } from './domain/alert.ts';
import type { Act } from './domain/alert-lifecycle.ts';
import type { Answer } from './domain/answer.ts';
import type { CloudTrailEvent, Reading } from './domain/event.ts';
import type { UserId } from './domain/person.ts';
import type { Operation, RequestId } from './domain/response/action.ts';
import type { ResponseRequest } from './domain/response/request.ts';
import type { RoleSnapshot, UserSnapshot } from './domain/response/snapshot.ts';
import type { Severity } from './domain/severity.ts';
import type { StepAnswer, StepKey } from './domain/step-answer.ts';
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

/** What LookupEvents can search by, one at a time; values are compared with regard to case. */
export interface EventAttribute {
  key: 'EventName' | 'Username' | 'AccessKeyId' | 'ResourceName' | 'EventId';
  value: string;
}

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
  /** AWS's id of the call: when the call was our own, its record belongs to the alert that it was made for. */
  awsRequestId?: string;
  /** What is owed about it once it is stored as new. */
  jobs?: NewJob[];
}

/** What became of one raised alert: new, seen before, or a second record of an alert that we have. */
export type Raising = 'new' | 'known' | 'linked';

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
  act: Act | { do: 'wake'; to?: UserId } | AssessDeed;
  /** Nobody when Groupwatch did it by itself. */
  by?: Doer;
  at: Instant;
  /** The same for every delivery of one click: a second one has no effect. */
  key: string;
  /** Whether it is a line of the thread; it is, unless told otherwise. */
  line?: boolean;
  /** What is owed because of it. */
  jobs?: NewJob[];
}

export interface AlertQuery {
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
  limit: number;
  offset: number;
}

export interface AlertStore {
  /**
   * Stores all or none, durably. An (account, event key) or a soft key that is already known makes no second
   * alert. Every new alert comes with its card, to be drawn, and its entry in the audit log.
   */
  raise(batch: readonly Raised[]): Promise<Raising[]>;
  find(id: AlertId): Promise<Alert | undefined>;
  /** Saves over `alert.version - 1` only, with its entry, its line in the thread and every drawing to be renewed. */
  save(alert: Alert, deed: Deed): Promise<Saving>;
  search(query: AlertQuery): Promise<{ alerts: Alert[]; total: number }>;
  /** The record as AWS gave it. */
  rawOf(id: AlertId): Promise<string | undefined>;
  /** Alerts whose snooze has ended by now, the oldest first; at most a hundred. */
  snoozedUntil(now: Instant): Promise<Alert[]>;
  countByState(): Promise<Record<Alert['handling']['is'], number>>;
  /** When the latest alerts since then passed their stations; at most a thousand, newest first. */
  timesSince(raisedSince: Instant): Promise<AlertTimes[]>;
}

/** When an alert passed its stations, as far as it has. */
export interface AlertTimes {
  alertId: AlertId;
  eventTime: Instant;
  raisedAt: Instant;
  /** When Slack first had the card. */
  shownAt?: Instant;
  acknowledgedAt?: Instant;
  resolvedAt?: Instant;
}

/**
 * What is drawn in Slack: an alert's card, a phase of its guide, a line of its thread, the card of a response request
 * in it, the commands of one that people carry out, the answer to a step of the guide in full, a file that belongs to
 * it, or a notice to the channel.
 */
export type Drawing =
  | { of: 'card'; alertId: AlertId }
  | { of: 'guide'; alertId: AlertId; phase: string }
  | { of: 'line'; alertId: AlertId; sequence: number }
  | { of: 'request'; alertId: AlertId; requestId: RequestId }
  | { of: 'runbook'; alertId: AlertId; requestId: RequestId }
  | { of: 'details'; alertId: AlertId; step: string }
  | { of: 'file'; alertId: AlertId; step: string; what: 'picture' | 'table'; at: Instant }
  | { of: 'notice'; notice: Notice };

/** Something about the watch itself that the channel must know. */
export type Notice =
  | { is: 'blind'; account: string; since: Instant; why: string; remedy: string }
  | { is: 'seeing'; account: string; since: Instant; at: Instant }
  /** AWS has no events of this time any more, and nobody has read them. */
  | { is: 'gap'; account: string; from: Instant; until: Instant };

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
  /**
   * Messages behind their wanted version that nobody else is drawing, most urgent first, leased until `until`. None
   * to be posted in the channels `notPosted`, none to be updated in `notUpdated`; `'any'` is every channel.
   */
  claim(request: {
    limit: number;
    holder: string;
    now: Instant;
    until: Instant;
    notPosted?: readonly string[];
    notUpdated?: readonly string[] | 'any';
  }): Promise<Message[]>;
  /** Before a first post: remembers that it was tried, and keeps the lease on. False when it is somebody else's. */
  trying(id: string, holder: string, at: Instant, until: Instant): Promise<boolean>;
  /** After Slack has answered: what it shows now. Gives the lease back. False when it is somebody else's. */
  shown(
    id: string,
    holder: string,
    shown: { channel: string; ts: string; version: number },
  ): Promise<boolean>;
  /**
   * Not now: gives the lease back until `retryAt`. `sent: false` when it is certain that Slack has nothing. False
   * when the lease is somebody else's.
   */
  postpone(
    id: string,
    holder: string,
    outcome: { retryAt: Instant; failure?: string; sent: boolean },
  ): Promise<boolean>;
  find(id: string): Promise<Message | undefined>;
  cardOf(alertId: AlertId): Promise<Message | undefined>;
  /** Asks for a notice to the channel; the same id asks only once. */
  notify(id: string, channel: string, notice: Notice, at: Instant): Promise<void>;
  behind(): Promise<number>;
}

/** That a replica has a turn. The token grows with every change of hands, so that a late write is known as one. */
export interface Turn {
  lease: string;
  token: number;
}

/** Turns that one replica has at a time. */
export interface LeaseStore {
  /** Takes the lease, or keeps it on for who has it. Nothing while somebody else has it. */
  take(lease: string, holder: string, now: Instant, until: Instant): Promise<Turn | undefined>;
  /** False when somebody else has it. */
  renew(turn: Turn, until: Instant): Promise<boolean>;
  /** Gives back all that this holder has. */
  release(holder: string): Promise<void>;
}

/** Takes away what need not be kept any more, a little at a time; never anything of the audit log. */
export interface RetentionStore {
  /**
   * Resolved alerts with all that belongs to them; how many there were, at most `limit`. Not while a response can
   * still be taken back. Goes on record.
   */
  pruneAlerts(request: { raisedBefore: Instant; at: Instant; limit: number }): Promise<number>;
  /** Records as AWS gave them, of alerts that stay; how many there were, at most `limit`. */
  pruneRecords(request: { raisedBefore: Instant; limit: number }): Promise<number>;
  /** Notices to the channel that were shown. */
  pruneNotices(request: { raisedBefore: Instant }): Promise<void>;
}

/** One running process of Groupwatch. */
export interface Replica {
  holder: string;
  host: string;
  pid: number;
  version: string;
  startedAt: Instant;
  /** Its last sign of life. */
  seenAt: Instant;
}

export interface ReplicaStore {
  /** A sign of life; forgets those that gave none for an hour. */
  beat(replica: Replica): Promise<void>;
  leave(holder: string): Promise<void>;
  /** The longest running first. */
  seenSince(at: Instant): Promise<Replica[]>;
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
  /** False, and nothing is written, when the turn has gone to somebody else. */
  save(watch: Watch, turn: Turn): Promise<boolean>;
  all(): Promise<Watch[]>;
  /** Since when the account can't be watched, if it was told to the channel. */
  blindSince(account: string): Promise<Instant | undefined>;
  setBlindSince(account: string, since: Instant | undefined): Promise<void>;
}

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
    limit: number;
    holder: string;
    now: Instant;
    until: Instant;
  }): Promise<Job[]>;
  /** False when the lease was lost: then stop, somebody else has the job. */
  extend(id: string, holder: string, until: Instant): Promise<boolean>;
  finish(id: string, holder: string): Promise<boolean>;
  /** Gives it back until `dueAt`; with a `failure` it counts as failed. */
  later(id: string, holder: string, outcome: { dueAt: Instant; failure?: string }): Promise<boolean>;
  /** How many are due by now. */
  due(now: Instant): Promise<number>;
}

/** What a change of a request brings along in its transaction. */
export interface ResponseChange {
  entry: NewAuditEntry;
  /** Whether the entry is also a line of the alert's thread. */
  line: boolean;
  jobs?: NewJob[];
  /** Of a write to IAM: CloudTrail will tell of it, and it must be known as ours. */
  awsRequestId?: string;
}

export interface ResponseStore {
  /** A new request with its card in the thread. `repeated` for a second delivery of the same click. */
  open(request: ResponseRequest, change: ResponseChange): Promise<Saving>;
  /** Saves over `request.version - 1` only, and has every drawing of it and of its alert's card renewed. */
  save(request: ResponseRequest, change: ResponseChange): Promise<Saving>;
  find(id: RequestId): Promise<ResponseRequest | undefined>;
  /** Oldest first. */
  ofAlert(alertId: AlertId): Promise<ResponseRequest[]>;
  /** Requests on this target that are neither ended nor undone, whatever alert they are of. */
  liveOn(account: string, target: string): Promise<ResponseRequest[]>;
}

/** Reads IAM with credentials that can change nothing. Throws a `SourceFailure` when it can't read everything. */
export interface IamReader {
  /** Whose credentials these are. */
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  user(name: string, signal: AbortSignal): Promise<UserSnapshot | 'gone'>;
  /** A user's unique id alone, by one call. */
  userId(name: string, signal: AbortSignal): Promise<string | 'gone'>;
  role(name: string, signal: AbortSignal): Promise<RoleSnapshot | 'gone'>;
  group(name: string, signal: AbortSignal): Promise<{ id: string; createdAt: Instant } | 'gone'>;
  /** Users and roles with AdministratorAccess, directly or by a group, as `user/NAME` and `role/NAME`; sorted. */
  administrators(signal: AbortSignal): Promise<string[]>;
}

/** What came of one write. `quota` has a way around; `again` passes by itself; the others need a person. */
export type Performed =
  | { is: 'done'; awsRequestId?: string }
  | { is: 'quota'; why: string }
  | { is: 'gone'; why: string }
  | { is: 'not-allowed'; permission: string; why: string }
  | { is: 'again'; why: string }
  | { is: 'failed'; why: string };

/** Writes to IAM; made for one approved request, with credentials that end by themselves. */
export interface IamWriter {
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  /** One write. Doing what is so already is done, too. */
  perform(operation: Operation, signal: AbortSignal): Promise<Performed>;
}

/** Gives credentials that may write, for an approved request only. */
export interface IamWriters {
  open(approved: { account: string; responseId: RequestId }): IamWriter;
}

/** Answers to the steps of guides. Every change has the step's phase of the guide drawn anew. */
export interface AnswerStore {
  ofAlert(alertId: AlertId): Promise<StepAnswer[]>;
  find(alertId: AlertId, step: string): Promise<StepAnswer | undefined>;
  /** Asks for an answer, and owes it by the job. False while it is being looked up already. */
  ask(key: StepKey, asked: { since: Instant; by: UserId }, job: NewJob): Promise<boolean>;
  /** How far it is. False when it isn't wanted any more: cancelled, or asked anew. */
  progress(key: StepKey, since: Instant, pages: number): Promise<boolean>;
  /** False when nothing is under way. */
  cancel(key: StepKey): Promise<boolean>;
  /** Stores the answer to what was asked `since`, or to nobody in particular. False when it isn't wanted any more. */
  keep(key: StepKey, answer: Answer, since?: Instant): Promise<boolean>;
  fail(key: StepKey, trouble: { at: Instant; why: string }, since: Instant): Promise<boolean>;
  /** Has the answer posted into the thread in full, once; after that it is drawn anew with every new answer. */
  detail(key: StepKey): Promise<'asked' | 'there' | 'unanswered'>;
}

export interface Storage {
  answers: AnswerStore;
  alerts: AlertStore;
  audit: AuditStore;
  messages: MessageStore;
  jobs: JobStore;
  responses: ResponseStore;
  leases: LeaseStore;
  replicas: ReplicaStore;
  retention: RetentionStore;
  watches: WatchStore;
  close(): Promise<void>;
}
