import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Requests for a response, and AWS's ids of the calls that they made. */
export const responses: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('response')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('alert_id', 'text', (c) => c.notNull().references('alert.id'))
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('target_lower', 'text', (c) => c.notNull())
      .addColumn('live', 'integer', (c) => c.notNull())
      .addColumn('asked_at', 'bigint', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('response_alert').on('response').columns(['alert_id', 'asked_at']).execute();
    await db.schema
      .createIndex('response_target')
      .on('response')
      .columns(['account', 'target_lower', 'live'])
      .execute();
    await db.schema
      .createTable('own_call')
      .addColumn('aws_request_id', 'text', (c) => c.primaryKey())
      .addColumn('response_id', 'text', (c) => c.notNull().references('response.id'))
      .addColumn('alert_id', 'text', (c) => c.notNull())
      .execute();
  },
};
