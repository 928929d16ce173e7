import type { AlertId } from './alert.ts';
import type { Answer } from './answer.ts';
import type { Phase } from './guide.ts';
import type { UserId } from './person.ts';
import type { Instant } from './time.ts';

/** One step of one alert's guide. */
export interface StepKey {
  alertId: AlertId;
  step: string;
  phase: Phase;
}

/** What is known about a step: the last answer, what is under way, and why the last try gave nothing. */
export interface StepAnswer {
  step: string;
  answer?: Answer;
  /** Asked for, and not here yet; `since` tells one asking from the next. */
  asked?: { since: Instant; by: UserId; pages: number };
  trouble?: { at: Instant; why: string };
}
