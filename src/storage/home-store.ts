import type { Kysely } from 'kysely';
import type { HomeStore } from '../ports/homes.ts';
import type { Schema } from './schema.ts';

export function homeStore(db: Kysely<Schema>): HomeStore {
  return {
    async opened(userId, known) {
      const hash = known ?? null;
      await db
        .insertInto('home')
        .values({ user_id: userId, page: 0, hash })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ page: 0, hash }))
        .execute();
    },

    async find(userId) {
      const row = await db.selectFrom('home').selectAll().where('user_id', '=', userId).executeTakeFirst();
      return row && { page: row.page, hash: row.hash ?? undefined };
    },

    async turn(userId, page) {
      await db.updateTable('home').set({ page }).where('user_id', '=', userId).execute();
    },

    async shown(userId, hash) {
      await db
        .updateTable('home')
        .set({ hash: hash ?? null })
        .where('user_id', '=', userId)
        .execute();
    },
  };
}
