import { type Kysely, sql, type Transaction } from 'kysely';
import { type Answer, rowsThatFit } from '../domain/answer.ts';
import type { StepKey } from '../domain/step-answer.ts';
import type { AnswerStore } from '../ports/answers.ts';
import type { Drawing } from '../ports/messages.ts';
import { stepAnswerOf } from './answer-row.ts';
import { addJobs } from './job-store.ts';
import { newMessage } from './message-row.ts';
import { claimPlace } from './place.ts';
import type { AnswerTable, Schema } from './schema.ts';
import { storable } from './text.ts';
import { transact } from './transaction.ts';

const IDLE = { asked_since: null, asked_by: null, pages: 0 };
const CALM = { trouble: null, trouble_at: null };

export function answerStore(db: Kysely<Schema>): AnswerStore {
  /** Changes a step's row if it is as `when` says, and has the guide drawn anew; false when it isn't. */
  const change = (
    key: StepKey,
    values: Partial<AnswerTable>,
    when: { since?: number; underWay?: true },
    then?: (trx: Transaction<Schema>) => Promise<void>,
  ): Promise<boolean> =>
    transact(db, async (trx) => {
      const row = await trx
        .updateTable('answer')
        .set(values)
        .where('alert_id', '=', key.alertId)
        .where('step', '=', key.step)
        .$if(when.since !== undefined, (update) => update.where('asked_since', '=', when.since ?? 0))
        .$if(when.underWay === true, (update) => update.where('asked_since', 'is not', null))
        .returning('step')
        .executeTakeFirst();
      if (!row) return false;
      await then?.(trx);
      await outdate(trx, [guideOf(key)]);
      return true;
    });

  return {
    async ofAlert(alertId) {
      const rows = await db.selectFrom('answer').selectAll().where('alert_id', '=', alertId).execute();
      return rows.map(stepAnswerOf);
    },

    async find(alertId, step) {
      const row = await db
        .selectFrom('answer')
        .selectAll()
        .where('alert_id', '=', alertId)
        .where('step', '=', step)
        .executeTakeFirst();
      return row && stepAnswerOf(row);
    },

    ask: (key, { since, by }, job) =>
      transact(db, async (trx) => {
        await ensure(trx, key);
        const row = await trx
          .updateTable('answer')
          .set({ asked_since: since, asked_by: by, pages: 0 })
          .where('alert_id', '=', key.alertId)
          .where('step', '=', key.step)
          .where('asked_since', 'is', null)
          .returning('step')
          .executeTakeFirst();
        if (!row) return false;
        await addJobs(trx, [job]);
        await outdate(trx, [guideOf(key)]);
        return true;
      }),

    progress: (key, since, pages) => change(key, { pages }, { since }),
    cancel: (key) => change(key, IDLE, { underWay: true }),
    fail: (key, { at, why }, since) =>
      change(key, { ...IDLE, trouble: storable(why), trouble_at: at }, { since }),

    async keep(key, answer, since) {
      if (since === undefined) await ensure(db, key);
      const values = { answer: storable(JSON.stringify(answer)), ...CALM };
      return change(key, since === undefined ? values : { ...values, ...IDLE }, { since }, async (trx) => {
        await outdate(trx, [detailsOf(key)]);
        if (answer.picture) await post(trx, key, fileDrawing(key, answer, 'picture'));
      });
    },

    detail: (key) =>
      transact(db, async (trx) => {
        const row = await trx
          .selectFrom('answer')
          .selectAll()
          .where('alert_id', '=', key.alertId)
          .where('step', '=', key.step)
          .executeTakeFirst();
        const answer = row && stepAnswerOf(row).answer;
        if (!answer) return 'unanswered';
        const { alertId, step } = key;
        const posted = await post(trx, key, { of: 'details', alertId, step });
        const { table } = answer;
        const isLong = table !== undefined && rowsThatFit(table) < table.rows.length;
        const filed = isLong && (await post(trx, key, fileDrawing(key, answer, 'table')));
        return posted || filed ? 'asked' : 'there';
      }),
  };
}

const guideOf = ({ alertId, phase }: StepKey): string => `guide:${alertId}:${phase}`;
const detailsOf = ({ alertId, step }: StepKey): string => `details:${alertId}:${step}`;

const fileDrawing = ({ alertId, step }: StepKey, { at }: Answer, what: 'picture' | 'table'): Drawing => ({
  of: 'file',
  alertId,
  step,
  what,
  at,
});

async function ensure(on: Kysely<Schema>, { alertId, step }: StepKey): Promise<void> {
  await on
    .insertInto('answer')
    .values({ alert_id: alertId, step, answer: null, ...IDLE, ...CALM })
    .onConflict((conflict) => conflict.columns(['alert_id', 'step']).doNothing())
    .execute();
}

async function outdate(trx: Transaction<Schema>, ids: string[]): Promise<void> {
  await trx
    .updateTable('message')
    .set({ wanted_version: sql<number>`wanted_version + 1` })
    .where('id', 'in', ids)
    .execute();
}

/** Asks for a message in the thread, once; false when it was asked for before. */
async function post(trx: Transaction<Schema>, key: StepKey, drawing: Drawing): Promise<boolean> {
  const { channel, version } = await claimPlace(trx, key.alertId);
  const id =
    drawing.of === 'file' ? `file:${key.alertId}:${key.step}:${drawing.what}:${drawing.at}` : detailsOf(key);
  const row = await trx
    .insertInto('message')
    .values(newMessage(id, drawing, { channel, version, position: 0 }))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
