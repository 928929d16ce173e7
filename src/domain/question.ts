import type { AlertId } from './alert.ts';
import type { UserId } from './person.ts';
import { type Instant, MINUTE } from './time.ts';

export type QuestionId = string;

/** Who is asked: whoever made the change whether it was them, or the user's owner whether they know about it. */
export const ASKED = ['actor', 'owner'] as const;
export type Asked = (typeof ASKED)[number];

/** What can be answered. `no` is "it wasn't me", or "I know nothing about it". */
export const ANSWERS = ['yes', 'no', 'unsure'] as const;
export type Said = (typeof ANSWERS)[number];

/** A question to one person about one alert, by direct message. */
export interface Question {
  id: QuestionId;
  version: number;
  alertId: AlertId;
  asked: Asked;
  to: UserId;
  /** The address that the person was found by, and where it stands. Outside text. */
  email: string;
  where: string;
  /** The conversation with them, `D…`. */
  conversation: string;
  by: UserId;
  at: Instant;
  /** When it was said that no answer came in time; one that comes later still counts. */
  overdueAt?: Instant;
  answer?: { said: Said; comment?: string; at: Instant };
}

/** How long an answer may take before the thread is told that there is none. */
export const PATIENCE = 30 * MINUTE;

/** The guide's step that an answer is evidence on. */
export const STEP_ASKED_FROM: Record<Asked, string> = { actor: 'actor', owner: 'owners' };

/** Why an answer had no effect. */
export type AnswerRefusal =
  | { because: 'not-asked'; to: UserId }
  | { because: 'already-answered'; at: Instant };

export type AnswerOutcome = { ok: true; question: Question } | { ok: false; refusal: AnswerRefusal };

/** Takes an answer: from the person asked, and once. Pure. */
export function answered(
  question: Question,
  { by, said, comment, at }: { by: UserId; said: Said; comment?: string; at: Instant },
): AnswerOutcome {
  if (by !== question.to) return { ok: false, refusal: { because: 'not-asked', to: question.to } };
  if (question.answer) return { ok: false, refusal: { because: 'already-answered', at: question.answer.at } };
  const answer = { said, comment, at };
  return { ok: true, question: { ...question, answer, version: question.version + 1 } };
}

/** Whether it is to be said now that no answer has come. */
export const isOverdue = ({ answer, overdueAt, at }: Question, now: Instant): boolean =>
  answer === undefined && overdueAt === undefined && now >= at + PATIENCE;
