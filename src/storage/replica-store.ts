import type { Kysely } from 'kysely';
import { HOUR } from '../domain/time.ts';
import type { ReplicaStore } from '../ports/replicas.ts';
import type { Schema } from './schema.ts';

/** Rows are kept for longer than they are looked at, since the clocks of replicas may differ. */
const KEPT = HOUR;

export function replicaStore(db: Kysely<Schema>): ReplicaStore {
  return {
    async beat({ startedAt, seenAt, ...replica }) {
      await db
        .insertInto('replica')
        .values({ ...replica, started_at: startedAt, seen_at: seenAt })
        .onConflict((conflict) => conflict.column('holder').doUpdateSet({ seen_at: seenAt }))
        .execute();
      await db
        .deleteFrom('replica')
        .where('seen_at', '<', seenAt - KEPT)
        .execute();
    },

    async leave(holder) {
      await db.deleteFrom('replica').where('holder', '=', holder).execute();
    },

    async seenSince(at) {
      const rows = await db
        .selectFrom('replica')
        .selectAll()
        .where('seen_at', '>=', at)
        .orderBy('started_at')
        .orderBy('holder')
        .execute();
      return rows.map(({ started_at, seen_at, ...row }) => ({
        ...row,
        startedAt: started_at,
        seenAt: seen_at,
      }));
    },
  };
}
