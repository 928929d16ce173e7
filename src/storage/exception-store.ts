import { type Kysely, sql, type Transaction } from 'kysely';
import type { Exception } from '../domain/exception.ts';
import type { Saving } from '../ports/alerts.ts';
import type { ExceptionStore, ExemptedEvent } from '../ports/exceptions.ts';
import type { Change } from '../ports/responses.ts';
import { append } from './audit/append.ts';
import { exceptionOf, rowOfException } from './exception-row.ts';
import { addJobs } from './job-store.ts';
import type { Schema } from './schema.ts';
import { bringToThread } from './thread.ts';
import { transact } from './transaction.ts';

export function exceptionStore(db: Kysely<Schema>): ExceptionStore {
  return {
    open: (exception, change) =>
      transact<Saving>(db, async (trx, giveUp) => {
        const sequences = await append(trx, [change.entry]);
        if (sequences === 'repeated') return giveUp('repeated');
        await trx
          .insertInto('exception')
          .values({ ...rowOfException(exception), hits: 0 })
          .execute();
        await bring(trx, exception, change, sequences[0] ?? 0);
        return 'saved';
      }),

    save: (exception, change) =>
      transact<Saving>(db, async (trx, giveUp) => {
        const sequences = await append(trx, [change.entry]);
        if (sequences === 'repeated') return giveUp('repeated');
        const updated = await trx
          .updateTable('exception')
          .set(rowOfException(exception))
          .where('id', '=', exception.id)
          .where('version', '=', exception.version - 1)
          .returning('id')
          .executeTakeFirst();
        if (!updated) return giveUp('moved-on');
        await bring(trx, exception, change, sequences[0] ?? 0);
        return 'saved';
      }),

    async find(id) {
      const row = await db.selectFrom('exception').selectAll().where('id', '=', id).executeTakeFirst();
      return row && exceptionOf(row);
    },

    async inForce(now) {
      const rows = await db
        .selectFrom('exception')
        .selectAll()
        .where('active', '=', 1)
        .where('expires_at', '>', now)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(exceptionOf);
    },

    async list({ limit, offset }) {
      const rows = await db
        .selectFrom('exception')
        .selectAll()
        .orderBy('live', 'desc')
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await db
        .selectFrom('exception')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { exceptions: rows.map(exceptionOf), total: Number(total) };
    },

    async pending(now, limit) {
      const waiting = db
        .selectFrom('exception')
        .where('live', '=', 1)
        .where('active', '=', 0)
        .where('expires_at', '>', now);
      const rows = await waiting.selectAll().orderBy('at').orderBy('id').limit(limit).execute();
      const { total } = await waiting
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { exceptions: rows.map(exceptionOf), total: Number(total) };
    },

    async exempted(id, { limit, offset }) {
      const by = db.selectFrom('exempted').where('exception_id', '=', id);
      const rows = await by
        .select(['account', 'event_key', 'at', 'actor', 'subject', 'object'])
        .orderBy('at', 'desc')
        .orderBy('event_key')
        .limit(limit)
        .offset(offset)
        .execute();
      const events = rows.map(
        ({ account, event_key, at, actor, subject, object }): ExemptedEvent => ({
          account,
          eventKey: event_key,
          at,
          actor,
          subject: subject ?? undefined,
          object: object ?? undefined,
        }),
      );
      const { total } = await by
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { events, total: Number(total) };
    },
  };
}

/** Its card, drawn anew where it is there already, its line, and what is owed for it. */
async function bring(
  trx: Transaction<Schema>,
  { id, alertId }: Exception,
  { line, jobs = [] }: Change,
  sequence: number,
): Promise<void> {
  const card = `exception:${id}`;
  await trx
    .updateTable('message')
    .set({ wanted_version: sql<number>`wanted_version + 1` })
    .where('id', '=', card)
    .execute();
  const drawing = { of: 'exception', alertId, exceptionId: id } as const;
  await bringToThread(trx, alertId, { sequence, line, drawings: { [card]: drawing } });
  await addJobs(trx, jobs);
}
