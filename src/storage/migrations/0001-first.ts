import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How an ever-growing number is declared, which is where the engines differ. */
export type Engine = 'sqlite' | 'postgres';

export const first = (engine: Engine): Migration => ({
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('alert')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('event_key', 'text', (c) => c.notNull())
      .addColumn('event_id', 'text')
      .addColumn('soft_key', 'text')
      .addColumn('event_time', 'bigint', (c) => c.notNull())
      .addColumn('raised_at', 'bigint', (c) => c.notNull())
      .addColumn('handling', 'text', (c) => c.notNull())
      .addColumn('snoozed_until', 'bigint')
      .addColumn('subject_lower', 'text')
      .addColumn('object_lower', 'text')
      .addColumn('actor_lower', 'text')
      .addColumn('actor_arn_lower', 'text')
      .addColumn('access_key_lower', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addUniqueConstraint('alert_event', ['account', 'event_key'])
      .execute();
    const columns = ['event_id', 'soft_key', 'handling', 'snoozed_until', 'raised_at'] as const;
    const names = [
      'subject_lower',
      'object_lower',
      'actor_lower',
      'actor_arn_lower',
      'access_key_lower',
    ] as const;
    for (const column of [...columns, ...names]) {
      await db.schema.createIndex(`alert_${column}`).on('alert').columns([column, 'event_time']).execute();
    }
    await db.schema
      .createTable('event_record')
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('event_key', 'text', (c) => c.notNull())
      .addColumn('alert_id', 'text', (c) => c.notNull().references('alert.id'))
      .addColumn('relation', 'text', (c) => c.notNull())
      .addColumn('raw', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('event_record_key', ['account', 'event_key'])
      .execute();
    await db.schema.createIndex('event_record_alert').on('event_record').column('alert_id').execute();
    await db.schema
      .createTable('entry')
      .addColumn('sequence', engine === 'postgres' ? 'bigserial' : 'integer', (c) =>
        engine === 'postgres' ? c.primaryKey() : c.primaryKey().autoIncrement(),
      )
      .addColumn('alert_id', 'text', (c) => c.notNull().references('alert.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text')
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('facts', 'text', (c) => c.notNull())
      .addColumn('request_key', 'text', (c) => c.unique())
      .execute();
    await db.schema.createIndex('entry_alert').on('entry').columns(['alert_id', 'sequence']).execute();
    await createMessages(db);
    await createWatches(db);
  },
});

async function createMessages(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('message')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('alert_id', 'text', (c) => c.references('alert.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('drawing', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ts', 'text')
    .addColumn('wanted_version', 'integer', (c) => c.notNull())
    .addColumn('shown_version', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('urgency', 'integer', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('holder', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('tried_at', 'bigint')
    .addColumn('retry_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_failure', 'text')
    .execute();
  await db.schema.createIndex('message_alert').on('message').columns(['alert_id', 'kind']).execute();
  await db.schema
    .createIndex('message_behind')
    .on('message')
    .columns(['urgency', 'position'])
    .where(sql<boolean>`shown_version < wanted_version`)
    .execute();
}

async function createWatches(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('watch')
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('region', 'text', (c) => c.notNull())
    .addColumn('scan', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('watermark', 'bigint')
    .addColumn('completed_at', 'bigint')
    .addPrimaryKeyConstraint('watch_key', ['account', 'region', 'scan'])
    .execute();
  await db.schema
    .createTable('blindness')
    .addColumn('account', 'text', (c) => c.primaryKey())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .execute();
}
