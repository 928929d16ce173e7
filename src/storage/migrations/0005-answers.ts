import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What was found out for the steps of the guide, and what is being looked up. */
export const answers: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('answer')
      .addColumn('alert_id', 'text', (c) => c.notNull().references('alert.id'))
      .addColumn('step', 'text', (c) => c.notNull())
      .addColumn('answer', 'text')
      .addColumn('asked_since', 'bigint')
      .addColumn('asked_by', 'text')
      .addColumn('pages', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('trouble', 'text')
      .addColumn('trouble_at', 'bigint')
      .addPrimaryKeyConstraint('answer_key', ['alert_id', 'step'])
      .execute();
  },
};
