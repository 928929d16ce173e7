import type { AlertId } from '../../domain/alert.ts';
import type { UserId } from '../../domain/person.ts';
import type { Address } from '../../domain/question/addresses.ts';
import type { AnswerRefusal, Asked, Question, QuestionId, Said } from '../../domain/question.ts';
import type { Instant } from '../../domain/time.ts';
import type { Doer } from '../../ports/audit.ts';

/** Why nobody was asked. */
export type AskRefusal =
  /** Nobody could read the record, so there is nothing to ask about. */
  | { because: 'unreadable' }
  | { because: 'already-asked'; to: UserId; by: UserId; at: Instant }
  /**
   * No address leads to anybody at Slack. `tried` are those that there were, `tagged` the user whose tags were
   * looked at, `unread` why they couldn't be.
   */
  | { because: 'nobody-found'; asked: Asked; tried: Address[]; tagged?: string; unread?: string }
  /** There is somebody, and they can't be asked: `why` is a sentence. */
  | { because: 'unfit'; to: UserId; why: string };

export type AskResult =
  | { is: 'done'; question: Question }
  | { is: 'refused'; refusal: AskRefusal }
  | { is: 'repeated' }
  | { is: 'gone' };

/** Asks the person whom the alert leads to. `key` is the same for every delivery of one click. */
export type AskPerson = (wish: {
  alertId: AlertId;
  asked: Asked;
  by: Doer;
  key: string;
}) => Promise<AskResult>;

export type AnswerResult =
  | { is: 'done'; question: Question }
  | { is: 'refused'; refusal: AnswerRefusal }
  | { is: 'repeated' }
  | { is: 'gone' };

/** Takes an answer. */
export type AnswerQuestion = (wish: {
  questionId: QuestionId;
  said: Said;
  comment?: string;
  by: Doer;
  key: string;
}) => Promise<AnswerResult>;
