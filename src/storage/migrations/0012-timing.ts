import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from './0001-first.ts';

/** When alerts passed their stations, in narrow rows: numbers over months are then read in milliseconds. */
export const timing = (engine: Engine): Migration => ({
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .createTable('timing')
      .addColumn('alert_id', 'text', (c) => c.primaryKey().references('alert.id'))
      .addColumn('raised_at', 'bigint', (c) => c.notNull())
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('rule_id', 'text', (c) => c.notNull())
      .addColumn('group_lower', 'text')
      .addColumn('severity_rank', 'integer', (c) => c.notNull())
      .addColumn('event_time', 'bigint')
      .addColumn('looked_at', 'bigint')
      .addColumn('acknowledged_at', 'bigint')
      .addColumn('first_step_at', 'bigint')
      .addColumn('contained_at', 'bigint')
      .addColumn('resolved_at', 'bigint')
      .addColumn('verdict', 'text')
      .execute();
    await db.schema.createIndex('timing_raised_at').on('timing').column('raised_at').execute();
    await carryOver(db, engine);
  },
});

/** What happened before is in the rows of the alerts and in the audit log; only the polls aren't known any more. */
async function carryOver(db: Kysely<never>, engine: Engine): Promise<void> {
  const told = (...path: string[]): RawBuilder<string> =>
    engine === 'postgres'
      ? sql`(a.state::json #>> ${sql.lit(`{${path.join(',')}}`)})`
      : sql`json_extract(a.state, ${sql.lit(`$.${path.join('.')}`)})`;
  const first = (what: string): RawBuilder<number> =>
    sql`(select min(u.at) from audit u where u.alert_id = a.id and u.what = ${sql.lit(what)})`;
  await sql`insert into timing (alert_id, raised_at, account, rule_id, group_lower, severity_rank, event_time,
      acknowledged_at, first_step_at, contained_at, resolved_at, verdict)
    select a.id, a.raised_at, a.account, coalesce(${told('ruleId')}, ''), a.object_lower, a.severity_rank,
      case when ${told('cause', 'is')} = 'match' then a.event_time end,
      ${first('acknowledge')}, ${first('mark-step')},
      (select min(u.at) from audit u where u.alert_id = a.id and u.response_id is not null and u.to_state = 'done'
        and u.from_state <> 'done' and u.facts not like '%"action":"undo"%'),
      case when a.handling = 'resolved' then cast(${told('handling', 'at')} as bigint) end,
      case when a.handling = 'resolved' then ${told('handling', 'verdict')} end
    from alert a`.execute(db);
}
