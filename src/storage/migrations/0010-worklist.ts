import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from './0001-first.ts';

/** What people work through: unresolved alerts by severity and by person, and requests that wait for a decision. */
export const worklist = (engine: Engine): Migration => ({
  async up(db: Kysely<never>): Promise<void> {
    /** A text or number out of the JSON in `state`. */
    const told = (...path: string[]): RawBuilder<string> =>
      engine === 'postgres'
        ? sql`(state::json #>> ${sql.lit(`{${path.join(',')}}`)})`
        : sql`json_extract(state, ${sql.lit(`$.${path.join('.')}`)})`;
    await db.schema
      .alterTable('alert')
      .addColumn('severity_rank', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('alert').addColumn('taken_by', 'text').execute();
    await sql`update alert set
      severity_rank = case ${told('severity')} when 'critical' then 3 when 'high' then 2 when 'medium' then 1 else 0 end,
      taken_by = coalesce(${told('assignee', 'to')},
        case when handling = 'acknowledged' then ${told('handling', 'by')} end)`.execute(db);
    await db.schema
      .createIndex('alert_worklist')
      .on('alert')
      .columns(['handling', 'severity_rank', 'event_time'])
      .execute();
    await db.schema
      .createIndex('alert_taken_by')
      .on('alert')
      .columns(['taken_by', 'handling', 'severity_rank', 'event_time'])
      .execute();
    await db.schema.alterTable('response').addColumn('pending_until', 'bigint').execute();
    await sql`update response set pending_until = cast(${told('state', 'expiresAt')} as bigint)
      where ${told('state', 'is')} = 'pending'`.execute(db);
    await db.schema.createIndex('response_pending').on('response').column('pending_until').execute();
  },
});
