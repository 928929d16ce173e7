import type { Answer } from '../../domain/answer.ts';
import type { IamFacts } from '../../domain/facts.ts';
import { DAY, HOUR } from '../../domain/time.ts';
import type { AlertQuery, AlertStore } from '../../ports/alerts.ts';
import type { AttemptStore } from '../../ports/attempts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventSource, ReadActivity } from '../../ports/cloudtrail.ts';

/** What somebody wants to know about, as they typed it; `account` is its id or what people call it. */
export type Wanted = { text: string; account?: string } & (
  | { kind: 'user' | 'group' | 'event' }
  | { kind: 'actor'; span: Span }
);

/** An account that is watched, or was; only STS can tell the id of the environment's own. */
export interface Place {
  id: string | undefined;
  name?: string;
}

/** For how long an actor's activity is looked up, in words and in milliseconds. */
export const SPANS = { '24h': 24 * HOUR, '48h': 48 * HOUR, '7d': 7 * DAY, '90d': 90 * DAY - HOUR } as const;
export type Span = keyof typeof SPANS;

/** What was found: live facts beside our own history; or that there is nothing, and what may have been meant. */
export type LookedUp =
  | {
      is: 'found';
      name: string;
      answer: Answer;
      history: Partial<AlertQuery>;
      /** AWS didn't tell whether it is there. */
      uncertain?: boolean;
      /** Where there are several. */
      account?: Place;
    }
  | { is: 'unknown'; near: string[]; missing: string[] }
  /** More than one goes by that name: each is told by its ARN. */
  | { is: 'several'; arns: string[] }
  /** More than one account knows that name. */
  | { is: 'in-several'; accounts: Place[] }
  /** Nobody can be asked in the account, by its role or its credentials; our own history is there all the same. */
  | { is: 'unreadable'; account: Place; why: string; history: Partial<AlertQuery> }
  /** The account that was named isn't watched; the first of those that are, and how many there are. */
  | { is: 'not-watched'; watched: Place[]; total: number };

export interface LookUpNeeds {
  alerts: AlertStore;
  attempts: Pick<AttemptStore, 'ofActor'>;
  facts: IamFacts;
  activityOf: ReadActivity;
  sourceIn: (region: string) => EventSource;
  regions: readonly string[];
  clock: Clock;
}

export interface Looking {
  signal: AbortSignal;
  /** Pages of LookupEvents read so far. */
  progress: (pages: number) => Promise<void>;
}

export type LookUp = (wanted: Wanted, looking: Looking) => Promise<LookedUp>;
