import { type Kysely, sql, type Transaction } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { RetentionStore } from '../ports/retention.ts';
import { append } from './audit/append.ts';
import type { Schema } from './schema.ts';
import { transact } from './transaction.ts';

export function retentionStore(db: Kysely<Schema>): RetentionStore {
  return {
    pruneAlerts: ({ raisedBefore, at, limit }) =>
      transact(db, async (trx) => {
        const found = await idsOf(trx, raisedBefore, limit);
        if (found.length === 0) return 0;
        // First, since everything that writes to the audit log takes its turn at it first.
        const facts = { alerts: found.length, raisedBefore };
        await append(trx, [{ at, what: 'pruned', facts }]);
        const ids = await stillResolved(trx, found);
        if (ids.length > 0) await removeAll(trx, ids);
        return found.length;
      }),

    async pruneRecords({ raisedBefore, limit }) {
      const old = db
        .selectFrom('event_record as r')
        .innerJoin('alert as a', 'a.id', 'r.alert_id')
        .where('a.raised_at', '<', raisedBefore)
        .select(['r.account', 'r.event_key'])
        .limit(limit);
      const rows = await old.execute();
      for (const { account, event_key } of rows) {
        await db
          .deleteFrom('event_record')
          .where('account', '=', account)
          .where('event_key', '=', event_key)
          .execute();
      }
      return rows.length;
    },

    async pruneAttempts({ before }) {
      await db.deleteFrom('attempt').where('at', '<', before).execute();
    },

    async pruneNotices({ raisedBefore }) {
      await db
        .deleteFrom('message')
        .where('kind', 'in', ['notice', 'digest', 'digest-file'])
        .where('position', '<', raisedBefore)
        .whereRef('shown_version', '>=', 'wanted_version')
        .execute();
    },
  };
}

/**
 * Resolved alerts, the oldest first; not those that something can be taken back of, nor those with an exception that
 * may have exempted something since: CloudTrail can deliver that again, and it must be known then.
 */
async function idsOf(trx: Transaction<Schema>, raisedBefore: Instant, limit: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('alert as a')
    .select('a.id')
    // Not by the index of the state, which nearly all of them share, but by the one of the time.
    .where(sql<string>`coalesce(a.handling, '')`, '=', 'resolved')
    .where('a.raised_at', '<', raisedBefore)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('response as r')
            .select('r.id')
            .whereRef('r.alert_id', '=', 'a.id')
            .where('r.live', '=', 1),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('exception as x')
            .select('x.id')
            .whereRef('x.alert_id', '=', 'a.id')
            .where('x.expires_at', '>=', raisedBefore),
        ),
      ),
    )
    .orderBy('a.raised_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Holds the alerts, so that nobody reopens one that is about to go. */
async function stillResolved(trx: Transaction<Schema>, ids: string[]): Promise<string[]> {
  const rows = await trx
    .updateTable('alert')
    .set({ handling: 'resolved' })
    .where('id', 'in', ids)
    .where('handling', '=', 'resolved')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** What refers to others goes before them. */
async function removeAll(trx: Transaction<Schema>, ids: string[]): Promise<void> {
  await trx.deleteFrom('answer').where('alert_id', 'in', ids).execute();
  const exceptions = trx.selectFrom('exception').select('id').where('alert_id', 'in', ids);
  await trx.deleteFrom('exempted').where('exception_id', 'in', exceptions).execute();
  await trx.deleteFrom('exception').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('question').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('own_call').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('response').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('message').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('event_record').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('timing').where('alert_id', 'in', ids).execute();
  await trx.deleteFrom('job').where('subject', 'in', ids).execute();
  await trx.deleteFrom('alert').where('id', 'in', ids).execute();
}
