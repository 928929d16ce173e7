import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type AuditHead, GENESIS } from '../audit/chain.ts';
import { nextRow } from '../audit/row.ts';
import type { Engine } from './0001-first.ts';

/** The history becomes a chain that is only ever added to; what is in it already is carried over in its order. */
export const audit = (engine: Engine): Migration => ({
  async up(db: Kysely<Tables>): Promise<void> {
    await db.schema
      .createTable('audit')
      // In SQLite only `integer` makes the key the row's own number.
      .addColumn('sequence', engine === 'postgres' ? 'bigint' : 'integer', (c) => c.notNull().primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('alert_id', 'text')
      .addColumn('response_id', 'text')
      .addColumn('by', 'text')
      .addColumn('by_name', 'text')
      .addColumn('by_team', 'text')
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('from_state', 'text')
      .addColumn('to_state', 'text')
      .addColumn('facts', 'text', (c) => c.notNull())
      .addColumn('request_key', 'text', (c) => c.unique())
      .addColumn('previous_hash', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('audit_alert').on('audit').columns(['alert_id', 'sequence']).execute();
    await db.schema
      .createTable('audit_head')
      .addColumn('sequence', 'bigint', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .execute();
    const head = await carryOver(db);
    await db.insertInto('audit_head').values(head).execute();
    await db.schema.dropTable('entry').execute();
    for (const statement of engine === 'postgres' ? POSTGRES : SQLITE) await sql.raw(statement).execute(db);
  },
});

/** The tables as they are between the first and this migration. */
interface Tables {
  entry: {
    sequence: number;
    alert_id: string;
    at: number;
    by: string | null;
    what: string;
    facts: string;
    request_key: string | null;
  };
  audit: ReturnType<typeof nextRow>;
  audit_head: AuditHead;
  message: { id: string; drawing: string; position: number };
}

const PAGE = 500;

async function carryOver(db: Kysely<Tables>): Promise<AuditHead> {
  let head: AuditHead = { sequence: 0, hash: GENESIS };
  let last = 0;
  for (;;) {
    const entries = await db
      .selectFrom('entry')
      .selectAll()
      .where('sequence', '>', last)
      .orderBy('sequence')
      .limit(PAGE)
      .execute();
    if (entries.length === 0) return head;
    const rows = [];
    for (const { sequence, alert_id: alertId, by, facts, request_key: key, ...entry } of entries) {
      const row = nextRow(
        {
          ...entry,
          alertId,
          by: by === null ? undefined : { id: by },
          facts: JSON.parse(facts),
          key: key ?? undefined,
        },
        head,
      );
      rows.push(row);
      head = { sequence: row.sequence, hash: row.hash };
      if (sequence !== row.sequence) await moveLine(db, { alertId, from: sequence, to: row.sequence });
      last = sequence;
    }
    await db.insertInto('audit').values(rows).execute();
  }
}

/** The old numbers may have gaps, the new ones have none: a line of the thread goes with its entry. */
async function moveLine(
  db: Kysely<Tables>,
  { alertId, from, to }: { alertId: string; from: number; to: number },
): Promise<void> {
  const drawing = JSON.stringify({ of: 'line', alertId, sequence: to });
  await db
    .updateTable('message')
    .set({ id: `line:${to}`, drawing, position: to })
    .where('id', '=', `line:${from}`)
    .execute();
}

const REFUSED = 'the audit log is append-only: nothing in it can be changed or removed';

const SQLITE = [
  `create trigger audit_no_update before update on audit begin select raise(abort, '${REFUSED}'); end`,
  `create trigger audit_no_delete before delete on audit begin select raise(abort, '${REFUSED}'); end`,
  // "insert or replace" deletes without a delete trigger.
  `create trigger audit_no_replace before insert on audit
   when new.sequence <= (select sequence from audit_head)
     or exists (select 1 from audit where request_key = new.request_key)
   begin select raise(abort, '${REFUSED}'); end`,
  `create trigger audit_head_no_insert before insert on audit_head begin select raise(abort, '${REFUSED}'); end`,
  `create trigger audit_head_no_delete before delete on audit_head begin select raise(abort, '${REFUSED}'); end`,
  `create trigger audit_head_no_return before update on audit_head when new.sequence < old.sequence
   begin select raise(abort, '${REFUSED}'); end`,
];

const POSTGRES = [
  `create function audit_refuse() returns trigger language plpgsql as
   $$ begin raise exception '${REFUSED}' using detail = tg_op || ' on ' || tg_table_name; end $$`,
  `create trigger audit_append_only before update or delete or truncate on audit
   for each statement execute function audit_refuse()`,
  `create trigger audit_head_one_row before insert or delete or truncate on audit_head
   for each statement execute function audit_refuse()`,
  `create trigger audit_head_no_return before update on audit_head
   for each row when (new.sequence < old.sequence) execute function audit_refuse()`,
];
