import type { Access } from './access.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Colleagues } from './ports/questions.ts';
import type { Storage } from './ports/storage.ts';
import { ruleOf } from './rules/catalogue.ts';
import { answerQuestion } from './use-cases/question/answer.ts';
import { askPerson } from './use-cases/question/ask.ts';
import { OVERDUE_JOB, type QuestionNeeds } from './use-cases/question/needs.ts';
import { sayOverdue } from './use-cases/question/overdue.ts';
import type { AnswerQuestion, AskPerson } from './use-cases/question/wish.ts';
import type { Handler } from './work/attempt.ts';

interface World {
  log: Log;
  clock: Clock;
}

interface Context {
  storage: Pick<Storage, 'alerts' | 'audit' | 'questions'>;
  colleagues: Colleagues;
  access: Access;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** How people are asked about alerts, and the job that says when they don't answer. */
export function questioning(
  { log, clock }: World,
  { storage, colleagues, access, wake }: Context,
): { askPerson: AskPerson; answerQuestion: AnswerQuestion; handlers: Record<string, Handler> } {
  const { alerts, audit, questions } = storage;
  const reader = access.reader();
  const needs: QuestionNeeds = { alerts, audit, questions, colleagues, reader, ruleOf, clock, log, wake };
  return {
    askPerson: askPerson(needs),
    answerQuestion: answerQuestion(needs),
    handlers: { [OVERDUE_JOB]: sayOverdue(needs) },
  };
}
