import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Alert, AlertId } from '../domain/alert.ts';
import type { AlertStore } from '../ports.ts';
import { alertOf } from './alert-row.ts';
import { timesSince } from './alert-times.ts';
import { raise } from './raise.ts';
import { save } from './save.ts';
import type { Schema } from './schema.ts';
import { search } from './search.ts';

const state = z.enum(['open', 'acknowledged', 'resolved']);

/** `channel` is where the cards of new alerts go. */
export function alertStore(db: Kysely<Schema>, { channel }: { channel: string }): AlertStore {
  return {
    raise: (batch) => raise(db, batch, channel),
    save: (alert, deed) => save(db, alert, deed),
    search: (query) => search(db, query),
    timesSince: (raisedSince) => timesSince(db, raisedSince),
    find: (id) => find(db, id),

    async rawOf(id) {
      const row = await db
        .selectFrom('event_record')
        .select('raw')
        .where('alert_id', '=', id)
        .where('relation', '=', 'original')
        .executeTakeFirst();
      return row?.raw;
    },

    async countByState() {
      const counts = { open: 0, acknowledged: 0, resolved: 0 };
      const rows = await db
        .selectFrom('alert')
        .select(({ fn }) => ['handling', fn.countAll<number>().as('count')])
        .groupBy('handling')
        .execute();
      for (const { handling, count } of rows) counts[state.parse(handling)] = Number(count);
      return counts;
    },

    async snoozedUntil(now) {
      const rows = await db
        .selectFrom('alert')
        .select(['id', 'state'])
        .where('snoozed_until', '<=', now)
        .orderBy('snoozed_until')
        .limit(100)
        .execute();
      return rows.map(alertOf);
    },
  };
}

async function find(db: Kysely<Schema>, id: AlertId): Promise<Alert | undefined> {
  const row = await db.selectFrom('alert').select(['id', 'state']).where('id', '=', id).executeTakeFirst();
  return row && alertOf(row);
}
