import type { Alert, AlertId } from './domain/alert.ts';
import type { Act } from './domain/alert-lifecycle.ts';
import type { Answer } from './domain/answer.ts';
import type { Attempt } from './domain/attempt.ts';
import type { Call } from './domain/escalation.ts';
import type { CloudTrailEvent, Reading } from './domain/event.ts';
import type { Conditions, Exception, ExceptionId } from './domain/exception.ts';
import type { UserId } from './domain/person.ts';
import type { Question, QuestionId } from './domain/question.ts';
import type { Operation, RequestId } from './domain/response/action.ts';
import type { ResponseRequest } from './domain/response/request.ts';
import type { RoleSnapshot, UserSnapshot } from './domain/response/snapshot.ts';
import type { Severity } from './domain/severity.ts';
import type { StepAnswer, StepKey } from './domain/step-answer.ts';
import type { Instant } from './domain/time.ts';
import type { AlertTimes } from './domain/times.ts';

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

/** An attempt as it comes from CloudTrail. */
export interface NewAttempt {
  attempt: Attempt;
  raw: string;
  softKey?: string;
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

/**
 * What is drawn in Slack: an alert's card, a copy of it in another channel, a phase of its guide, a line of its thread, the card of a response request
 * in it, the commands of one that people carry out, the answer to a step of the guide in full, a file that belongs to
 * it, the card of an exception, a question to one person by direct message, a notice to the channel, or a digest of
 * alerts that have no card of their own, with the file that names them all.
 */
export type Drawing =
  | { of: 'card'; alertId: AlertId }
  | { of: 'copy'; alertId: AlertId }
  | { of: 'guide'; alertId: AlertId; phase: string }
  | { of: 'line'; alertId: AlertId; sequence: number }
  | { of: 'request'; alertId: AlertId; requestId: RequestId }
  | { of: 'runbook'; alertId: AlertId; requestId: RequestId }
  | { of: 'details'; alertId: AlertId; step: string }
  | { of: 'file'; alertId: AlertId; step: string; what: 'picture' | 'table'; at: Instant }
  | { of: 'exception'; alertId: AlertId; exceptionId: ExceptionId }
  | { of: 'question'; alertId: AlertId; questionId: QuestionId }
  | { of: 'notice'; notice: Notice | Summary }
  | { of: 'digest'; digest: Digest }
  | { of: 'digest-file'; digest: Digest };

/** Stands for the cards of alerts by one actor that one poll brought too many of. */
export interface Digest {
  id: string;
  /** When the poll ended that brought them. */
  at: Instant;
}

/** Something that the channel must know: about the watch itself, or that known behaviour is soon no longer exempted. */
export type Notice =
  | { is: 'blind'; account: string; name?: string; since: Instant; why: string; remedy: string }
  | { is: 'seeing'; account: string; name?: string; since: Instant; at: Instant }
  | {
      is: 'exception-expires';
      exceptionId: ExceptionId;
      conditions: Conditions;
      reason: string;
      by: UserId;
      expiresAt: Instant;
      hits: number;
    }
  /** AWS has no events of this time any more, and nobody has read them. */
  | { is: 'gap'; account: string; name?: string; from: Instant; until: Instant }
  /** Slack takes nothing for a channel; what was meant for it comes to the default one. */
  | { is: 'channel-lost'; channel: string; why: string }
  /** A changed CONFIG_FILE can't be taken over; the one before goes on. */
  | { is: 'config-broken'; problems: string[] }
  /** AWS doesn't list the organization's accounts; so many are watched as before. */
  | { is: 'organization-unlisted'; why: string; remedy: string; watched: number }
  /** Accounts have come to the organization, or gone from it, each by name and id. */
  | { is: 'organization-changed'; added: string[]; dropped: string[] };

/** A picture that Slack has, with what it shows in words. */
export interface ShownPicture {
  fileId: string;
  title: string;
  alt: string;
}

/** What the channel is told regularly. */
export type Summary =
  /** What nobody has resolved at that time; `alerts` are the gravest. */
  | { is: 'still-open'; at: Instant; counts: Unresolved; alerts: AlertId[] }
  /** What the time between came to. */
  | { is: 'digest'; from: Instant; to: Instant; pictures: readonly ShownPicture[] };

/** Desired against shown state of one Slack message. */
export interface Message {
  id: string;
  drawing: Drawing;
  channel: string;
  /** Set once Slack has told it; a string, since Slack's precision doesn't fit a number. */
  ts?: string;
  wantedVersion: number;
  shownVersion: number;
  /** When Slack first showed it, as far as that is known. */
  shownAt?: Instant;
  /** When a post was first tried whose outcome isn't known, by Slack's time: look there before trying again. */
  triedAt?: Instant;
  failures: number;
  /** Who drew it last lost it before saying what became of it. */
  interrupted?: boolean;
}

/** What Slack shows by now. */
export interface Shown {
  channel: string;
  ts: string;
  version: number;
  at: Instant;
  /** The alert, when its card is posted for the first time: the cards of its companions are drawn anew, to lead to it. */
  newCardOf?: AlertId;
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
  /** Before a first post: remembers that it was tried, and keeps the lease on. False when it is somebody else's. `at` is Slack's time. */
  trying(id: string, holder: string, at: Instant, until: Instant): Promise<boolean>;
  /** After Slack has answered: what it shows now. Gives the lease back. False when it is somebody else's. */
  shown(id: string, holder: string, shown: Shown): Promise<boolean>;
  /**
   * Not now: gives the lease back until `retryAt`. `sent: false` when it is certain that Slack has nothing. False
   * when the lease is somebody else's.
   */
  postpone(
    id: string,
    holder: string,
    outcome: { retryAt: Instant; failure?: string; sent: boolean },
  ): Promise<boolean>;
  /**
   * The channel takes nothing: all of its alert that isn't posted yet goes to another one, and a copy goes nowhere.
   * False when the lease is somebody else's.
   */
  redirect(id: string, holder: string, channel: string): Promise<boolean>;
  find(id: string): Promise<Message | undefined>;
  /** Asks for it to be drawn once more as it is. */
  redraw(id: string): Promise<void>;
  cardOf(alertId: AlertId): Promise<Message | undefined>;
  /** Has the card of an alert drawn that only stands in a digest, and owes those jobs with it; false when it was wanted before. */
  wantCard(alertId: AlertId, owed: readonly NewJob[]): Promise<boolean>;
  /** Asks for a notice to the channel; the same id asks only once. */
  notify(id: string, channel: string, notice: Notice | Summary, at: Instant): Promise<void>;
  behind(): Promise<number>;
}

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
  /** Attempts that happened before then. */
  pruneAttempts(request: { before: Instant }): Promise<void>;
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
    /** Those of them that never wait for long: one that is due much later was stored while a clock was wrong. */
    prompt?: readonly string[];
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

/** What a change brings along in its transaction. */
export interface Change {
  entry: NewAuditEntry;
  /** Whether the entry is also a line of the alert's thread. */
  line: boolean;
  jobs?: NewJob[];
}

/** What a change of a request brings along. */
export interface ResponseChange extends Change {
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
  /** Requests that wait for a decision, those that expire first before the others, and how many there are in all. */
  pending(now: Instant, limit: number): Promise<{ requests: ResponseRequest[]; total: number }>;
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

/** The Home tab as each person has it. */
export interface HomeStore {
  /** From now on it is drawn for this person; on its first page. `hash` is that of the view that Slack has. */
  opened(userId: UserId, hash?: string): Promise<void>;
  /** Nothing for who has never opened it. */
  find(userId: UserId): Promise<{ page: number; hash?: string } | undefined>;
  turn(userId: UserId, page: number): Promise<void>;
  /** Slack shows a new view. */
  shown(userId: UserId, hash: string | undefined): Promise<void>;
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

export interface QuestionStore {
  /**
   * A new one, with the message to the person asked. `repeated` for a second delivery of the same click, `moved-on`
   * when the same person was asked the same about this alert before.
   */
  open(question: Question, change: Change): Promise<Saving>;
  /** Saves over `question.version - 1` only, and the alert that it changes over its own: both or none. */
  save(question: Question, change: Change, alert?: Alert): Promise<Saving>;
  find(id: QuestionId): Promise<Question | undefined>;
  /** Oldest first. */
  ofAlert(alertId: AlertId): Promise<Question[]>;
}

/** Who can be asked something, as Slack knows people. Rejects when Slack can't be asked. */
export interface Colleagues {
  /** Whose address this is; `unfit` says why they can't be asked, as a sentence. */
  byEmail(
    email: string,
  ): Promise<{ is: 'fit'; id: UserId } | { is: 'unfit'; id: UserId; why: string } | { is: 'unknown' }>;
  /** The direct conversation with them, which is opened for it. */
  conversationWith(id: UserId): Promise<string>;
}

export interface Storage {
  answers: AnswerStore;
  alerts: AlertStore;
  audit: AuditStore;
  messages: MessageStore;
  bursts: BurstStore;
  jobs: JobStore;
  responses: ResponseStore;
  exceptions: ExceptionStore;
  questions: QuestionStore;
  attempts: AttemptStore;
  leases: LeaseStore;
  replicas: ReplicaStore;
  retention: RetentionStore;
  watches: WatchStore;
  homes: HomeStore;
  counts: CountStore;
  close(): Promise<void>;
}
