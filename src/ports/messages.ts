import type { AlertId } from '../domain/alert.ts';
import type { Conditions, ExceptionId } from '../domain/exception.ts';
import type { UserId } from '../domain/person.ts';
import type { QuestionId } from '../domain/question.ts';
import type { RequestId } from '../domain/response/action.ts';
import type { Instant } from '../domain/time.ts';
import type { Unresolved } from './alerts.ts';
import type { NewJob } from './jobs.ts';

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
   * Messages behind their wanted version that nobody else is drawing, most urgent first, leased for `leaseMs`. None
   * to be posted in the channels `notPosted`, none to be updated in `notUpdated`; `'any'` is every channel.
   */
  claim(request: {
    limit: number;
    holder: string;
    now: Instant;
    leaseMs: number;
    notPosted?: readonly string[];
    notUpdated?: readonly string[] | 'any';
  }): Promise<Message[]>;
  /** Before a first post: remembers that it was tried, and keeps the lease on. False when it is somebody else's. `at` is Slack's time. */
  trying(id: string, holder: string, at: Instant, leaseMs: number): Promise<boolean>;
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
