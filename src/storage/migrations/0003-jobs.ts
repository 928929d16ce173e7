import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What replicas share: work that is owed, who has the turn at what, and who is there. */
export const jobs: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('job')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('again_at', 'bigint')
      .addColumn('holder', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('last_failure', 'text')
      .execute();
    await db.schema.createIndex('job_due').on('job').columns(['due_at', 'id']).execute();
    await db.schema
      .createTable('lease')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('holder', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addColumn('token', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('replica')
      .addColumn('holder', 'text', (c) => c.primaryKey())
      .addColumn('host', 'text', (c) => c.notNull())
      .addColumn('pid', 'integer', (c) => c.notNull())
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .execute();
  },
};
