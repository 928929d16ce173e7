import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Exceptions, and the events that they kept from becoming alerts. */
export const exceptions: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('exception')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('alert_id', 'text', (c) => c.notNull().references('alert.id'))
      .addColumn('live', 'integer', (c) => c.notNull())
      .addColumn('active', 'integer', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('hits', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('last_hit_at', 'bigint')
      .addColumn('state', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('exception_active')
      .on('exception')
      .columns(['active', 'expires_at'])
      .execute();
    await db.schema
      .createTable('exempted')
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('event_key', 'text', (c) => c.notNull())
      .addColumn('soft_key', 'text')
      .addColumn('exception_id', 'text', (c) => c.notNull().references('exception.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('subject', 'text')
      .addColumn('object', 'text')
      .addColumn('raw', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('exempted_key', ['account', 'event_key'])
      .execute();
    await db.schema
      .createIndex('exempted_exception')
      .on('exempted')
      .columns(['exception_id', 'at'])
      .execute();
    await db.schema.createIndex('exempted_soft_key').on('exempted').column('soft_key').execute();
  },
};
