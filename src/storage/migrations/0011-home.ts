import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who has opened the Home tab, which of its pages they are on, and what Slack knows the view by. */
export const home: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('home')
      .addColumn('user_id', 'text', (c) => c.primaryKey())
      .addColumn('page', 'integer', (c) => c.notNull())
      .addColumn('hash', 'text')
      .execute();
  },
};
