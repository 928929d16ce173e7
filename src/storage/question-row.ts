import type { Insertable } from 'kysely';
import { z } from 'zod';
import { ANSWERS, ASKED, type Question } from '../domain/question.ts';
import type { QuestionTable } from './schema.ts';

const question = z.object({
  id: z.string(),
  version: z.number(),
  alertId: z.string(),
  asked: z.enum(ASKED),
  to: z.string(),
  email: z.string(),
  where: z.string(),
  conversation: z.string(),
  by: z.string(),
  at: z.number(),
  overdueAt: z.number().optional(),
  answer: z.object({ said: z.enum(ANSWERS), comment: z.string().optional(), at: z.number() }).optional(),
}) satisfies z.ZodType<Question>;

/** The question in a row; a row that doesn't hold one is an error that names it. */
export function questionOf({ id, state }: { id: string; state: string }): Question {
  try {
    return question.parse(JSON.parse(state));
  } catch (error) {
    throw new Error(`table question, id ${id}: the row is not a question`, { cause: error });
  }
}

/** The row that holds a question. */
export function rowOfQuestion(given: Question): Insertable<QuestionTable> {
  const { id, version, alertId, asked, to, at } = given;
  return { id, version, alert_id: alertId, asked, to, at, state: JSON.stringify(given) };
}
