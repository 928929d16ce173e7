import type { Alert } from '../../domain/alert.ts';
import type { Answer } from '../../domain/answer.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import type { Asking, IamFacts } from '../../domain/facts.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import { EVENT_HISTORY, type PastCalls, type ReadActivity } from '../../ports/cloudtrail.ts';
import type { Rule } from '../../rules/rule.ts';

/** What an answer is about: an alert whose record could be read. */
export interface About {
  alert: Alert;
  event: CloudTrailEvent;
  /** The added user. */
  subject?: string;
  /** The group. */
  object?: string;
  rule: Rule;
}

/** How an answer is asked for. */
export interface Asked {
  signal: AbortSignal;
  /** Pages of LookupEvents read so far, for who waits. Throws when nobody does any more. */
  progress: (pages: number) => Promise<void>;
  /** Pass over what is remembered. */
  fresh?: boolean;
  /** Only what needs no look-up beyond what the card has. */
  quick?: boolean;
}

/** Finds the answer to one step of the guide. Throws a `SourceFailure` when nothing at all could be read. */
export type FindAnswer = (about: About, asked: Asked) => Promise<Answer>;

export interface FindNeeds {
  alerts: AlertStore;
  facts: IamFacts;
  past: PastCalls;
  activityOf: ReadActivity;
  /** Where activity is looked for. */
  regions: readonly string[];
  clock: Clock;
}

/** How to ask IAM: what was read before the event doesn't count. */
export const askingOf = ({ event }: About, { signal, fresh }: Asked): Asking => ({
  signal,
  fresh,
  notBefore: event.time,
});

/** How to ask CloudTrail for a span of days up to now. */
export const wishOf = ({ event }: About, { fresh }: Asked, clock: Clock, since: Instant) => ({
  since: Math.max(since, clock.now() - EVENT_HISTORY),
  notBefore: fresh ? clock.now() : event.time,
});
