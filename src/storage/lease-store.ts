import { type Kysely, sql, type Transaction } from 'kysely';
import type { LeaseStore, Turn } from '../ports/leases.ts';
import { endOf, isFree } from './lease.ts';
import type { Schema } from './schema.ts';

export function leaseStore(db: Kysely<Schema>): LeaseStore {
  return {
    async take(lease, holder, leaseMs) {
      const until = endOf(db, leaseMs);
      const row = await db
        .insertInto('lease')
        .values({ name: lease, holder, until, token: 1 })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({
              holder,
              until,
              token: sql<number>`case when lease.holder = excluded.holder
                then lease.token else lease.token + 1 end`,
            })
            .where((where) => where.or([where('lease.holder', '=', holder), isFree(db, 'lease.until')])),
        )
        .returning('token')
        .executeTakeFirst();
      return row && { lease, token: row.token };
    },

    async renew({ lease, token }, leaseMs) {
      const row = await db
        .updateTable('lease')
        .set({ until: endOf(db, leaseMs) })
        .where('name', '=', lease)
        .where('token', '=', token)
        .returning('name')
        .executeTakeFirst();
      return row !== undefined;
    },

    async release(holder) {
      await db.updateTable('lease').set({ until: 0 }).where('holder', '=', holder).execute();
    },
  };
}

/** Whether the turn is still the present one; then nobody can take it over before the transaction has ended. */
export async function hasTurn(trx: Transaction<Schema>, { lease, token }: Turn): Promise<boolean> {
  const row = await trx
    .updateTable('lease')
    .set({ token })
    .where('name', '=', lease)
    .where('token', '=', token)
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}
