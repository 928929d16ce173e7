import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Calls that AWS turned down. */
export const attempts: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('attempt')
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('event_key', 'text', (c) => c.notNull())
      .addColumn('soft_key', 'text')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor_key', 'text', (c) => c.notNull())
      .addColumn('actor_lower', 'text')
      .addColumn('access_key_lower', 'text')
      .addColumn('counted', 'integer', (c) => c.notNull())
      .addColumn('alert_id', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('raw', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('attempt_event', ['account', 'event_key'])
      .execute();
    for (const column of ['actor_key', 'actor_lower', 'access_key_lower'] as const)
      await db.schema.createIndex(`attempt_${column}`).on('attempt').columns([column, 'at']).execute();
    await db.schema.createIndex('attempt_soft_key').on('attempt').column('soft_key').execute();
    await db.schema.createIndex('attempt_at').on('attempt').column('at').execute();
  },
};
