import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Questions to people about alerts; each person is asked the same about an alert only once. */
export const questions: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('question')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('alert_id', 'text', (c) => c.notNull().references('alert.id'))
      .addColumn('asked', 'text', (c) => c.notNull())
      .addColumn('to', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addUniqueConstraint('question_person', ['alert_id', 'asked', 'to'])
      .execute();
  },
};
