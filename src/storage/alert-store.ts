import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Alert, AlertId } from '../domain/alert.ts';
import type { AlertStore } from '../ports/alerts.ts';
import { alertOf } from './alert-row.ts';
import { raise } from './raise.ts';
import { save } from './save.ts';
import type { Schema } from './schema.ts';
import { accountsAbout, search } from './search.ts';
import { timesOf } from './timing.ts';
import { countUnresolved, worklist } from './worklist.ts';

/** Later than any alert. */
const FAR = Number.MAX_SAFE_INTEGER;

const state = z.enum(['open', 'acknowledged', 'resolved']);

/** `channel` is where the cards of new alerts go. */
export function alertStore(db: Kysely<Schema>, { channel }: { channel: string }): AlertStore {
  return {
    raise: (batch, attempts, cards) => raise(db, { batch, attempts, channel, cards }),
    save: (alert, deed) => save(db, alert, deed),
    search: (query) => search(db, query),
    accountsAbout: (about) => accountsAbout(db, about),
    names: (places) => namesIn(db, places),
    worklist: (query) => worklist(db, query),
    countUnresolved: () => countUnresolved(db),
    times: (query) => timesOf(db, query),
    timesSince: async (from) => (await timesOf(db, { from, to: FAR, limit: 1_000 })).times,
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

const MOST_NAMES = 5_000;

async function namesIn(
  db: Kysely<Schema>,
  places: readonly ('subject' | 'object' | 'actor')[],
): Promise<string[]> {
  const names = new Set<string>();
  for (const place of places) {
    // From one name to the next in its index: `distinct` would read every alert, however few names there are.
    const column = sql.ref(`${place}_lower`);
    const { rows } = await sql<{ name: string }>`
      with recursive known(name) as (
        select min(${column}) from alert
        union all
        select (select min(${column}) from alert where ${column} > known.name) from known where known.name is not null
      )
      select name from known where name is not null limit ${sql.lit(MOST_NAMES)}`.execute(db);
    for (const { name } of rows) names.add(name);
  }
  return [...names];
}
