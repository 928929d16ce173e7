import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Answer, Part } from '../domain/answer.ts';
import type { StepAnswer } from '../domain/step-answer.ts';
import type { AnswerTable } from './schema.ts';

const text = z.string();
const instant = z.number();

const part = z.union([
  z.strictObject({ say: text }),
  z.strictObject({ name: text }),
  z.strictObject({ strong: text }),
  z.strictObject({ at: instant }),
  z.strictObject({ person: text }),
  z.strictObject({ alert: text }),
  z.strictObject({ link: text, to: text }),
]) satisfies z.ZodType<Part>;

const answer = z.object({
  at: instant,
  source: text,
  short: z.array(z.array(part)),
  more: z.array(z.array(part)),
  table: z.object({ columns: z.array(text), rows: z.array(z.array(text)) }).optional(),
  picture: z
    .object({
      title: text,
      marked: instant,
      hours: z.array(z.object({ start: instant, services: z.record(text, z.number()) })),
    })
    .optional(),
  missing: z.array(text),
}) satisfies z.ZodType<Answer>;

/** What a row says about a step; a row that doesn't hold an answer is an error that names it. */
export function stepAnswerOf(row: Selectable<AnswerTable>): StepAnswer {
  const { alert_id, step, asked_since, asked_by, pages, trouble, trouble_at } = row;
  try {
    return {
      step,
      answer: row.answer === null ? undefined : answer.parse(JSON.parse(row.answer)),
      asked: asked_since === null ? undefined : { since: asked_since, by: asked_by ?? '', pages },
      trouble: trouble === null ? undefined : { at: trouble_at ?? 0, why: trouble },
    };
  } catch (error) {
    throw new Error(`table answer, alert ${alert_id}, step ${step}: the row is not an answer`, {
      cause: error,
    });
  }
}
