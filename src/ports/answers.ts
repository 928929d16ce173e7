import type { AlertId } from '../domain/alert.ts';
import type { Answer } from '../domain/answer.ts';
import type { UserId } from '../domain/person.ts';
import type { StepAnswer, StepKey } from '../domain/step-answer.ts';
import type { Instant } from '../domain/time.ts';
import type { NewJob } from './jobs.ts';

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
