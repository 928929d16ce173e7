import { type Kysely, sql, type Transaction } from 'kysely';
import type { Question } from '../domain/question.ts';
import type { Saving } from '../ports/alerts.ts';
import type { QuestionStore } from '../ports/questions.ts';
import type { Change } from '../ports/responses.ts';
import { append } from './audit/append.ts';
import { addJobs } from './job-store.ts';
import { newMessage } from './message-row.ts';
import { questionOf, rowOfQuestion } from './question-row.ts';
import { replace } from './save.ts';
import type { Schema } from './schema.ts';
import { bringToThread } from './thread.ts';
import { transact } from './transaction.ts';

export function questionStore(db: Kysely<Schema>): QuestionStore {
  return {
    open: (question, change) =>
      transact<Saving>(db, async (trx, giveUp) => {
        const sequences = await append(trx, [change.entry]);
        if (sequences === 'repeated') return giveUp('repeated');
        const added = await trx
          .insertInto('question')
          .values(rowOfQuestion(question))
          .onConflict((conflict) => conflict.columns(['alert_id', 'asked', 'to']).doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!added) return giveUp('moved-on');
        const { id, alertId, conversation: channel, at: position } = question;
        const drawing = { of: 'question', alertId, questionId: id } as const;
        await trx
          .insertInto('message')
          .values(newMessage(messageOf(question), drawing, { channel, version: 1, position }))
          .execute();
        await bring(trx, question, change, sequences[0] ?? 0);
        return 'saved';
      }),

    save: (question, change, alert) =>
      transact<Saving>(db, async (trx, giveUp) => {
        const sequences = await append(trx, [change.entry]);
        if (sequences === 'repeated') return giveUp('repeated');
        const updated = await trx
          .updateTable('question')
          .set(rowOfQuestion(question))
          .where('id', '=', question.id)
          .where('version', '=', question.version - 1)
          .returning('id')
          .executeTakeFirst();
        if (!updated) return giveUp('moved-on');
        if (alert && !(await replace(trx, alert))) return giveUp('moved-on');
        await trx
          .updateTable('message')
          .set({ wanted_version: sql<number>`wanted_version + 1` })
          .where('id', '=', messageOf(question))
          .execute();
        await bring(trx, question, change, sequences[0] ?? 0);
        return 'saved';
      }),

    async find(id) {
      const row = await db
        .selectFrom('question')
        .select(['id', 'state'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && questionOf(row);
    },

    async ofAlert(alertId) {
      const rows = await db
        .selectFrom('question')
        .select(['id', 'state'])
        .where('alert_id', '=', alertId)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(questionOf);
    },
  };
}

const messageOf = ({ id }: Question): string => `question:${id}`;

async function bring(
  trx: Transaction<Schema>,
  { alertId }: Question,
  { line, jobs = [] }: Change,
  sequence: number,
): Promise<void> {
  await bringToThread(trx, alertId, { sequence, line, drawings: {} });
  await addJobs(trx, jobs);
}
