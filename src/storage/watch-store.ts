import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Watch, WatchStore } from '../ports/watches.ts';
import { hasTurn } from './lease-store.ts';
import type { Schema, WatchTable } from './schema.ts';
import { transact } from './transaction.ts';

const scan = z.enum(['tick', 'hourly', 'daily']);

export function watchStore(db: Kysely<Schema>): WatchStore {
  return {
    async find(account, region, name) {
      const row = await db
        .selectFrom('watch')
        .selectAll()
        .where('account', '=', account)
        .where('region', '=', region)
        .where('scan', '=', name)
        .executeTakeFirst();
      return row && watchOf(row);
    },

    save({ account, region, scan: name, since, watermark = null, completedAt = null }, turn) {
      const state = { since, watermark, completed_at: completedAt };
      return transact(db, async (trx) => {
        if (!(await hasTurn(trx, turn))) return false;
        await trx
          .insertInto('watch')
          .values({ account, region, scan: name, ...state })
          .onConflict((conflict) => conflict.columns(['account', 'region', 'scan']).doUpdateSet(state))
          .execute();
        return true;
      });
    },

    async all() {
      const rows = await db.selectFrom('watch').selectAll().orderBy('account').orderBy('scan').execute();
      return rows.map(watchOf);
    },

    async blindSince(account) {
      const row = await db
        .selectFrom('blindness')
        .select('since')
        .where('account', '=', account)
        .executeTakeFirst();
      return row?.since;
    },

    async setBlindSince(account, since) {
      if (since === undefined) await db.deleteFrom('blindness').where('account', '=', account).execute();
      else {
        await db
          .insertInto('blindness')
          .values({ account, since })
          .onConflict((conflict) => conflict.column('account').doNothing())
          .execute();
      }
    },
  };
}

function watchOf(row: Selectable<WatchTable>): Watch {
  return {
    account: row.account,
    region: row.region,
    scan: scan.parse(row.scan),
    since: row.since,
    watermark: row.watermark ?? undefined,
    completedAt: row.completed_at ?? undefined,
  };
}
