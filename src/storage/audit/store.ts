import type { Kysely } from 'kysely';
import type { AuditEntry, AuditStore } from '../../ports/audit.ts';
import type { Schema } from '../schema.ts';
import { storable } from '../text.ts';
import { transact } from '../transaction.ts';
import { append } from './append.ts';
import { entryOf } from './row.ts';
import { headOf, walk } from './walk.ts';

export function auditStore(db: Kysely<Schema>): AuditStore {
  return {
    record: (entry) =>
      transact(db, async (trx) => ((await append(trx, [entry])) === 'repeated' ? 'repeated' : 'recorded')),

    async find(sequence) {
      const row = await db
        .selectFrom('audit')
        .selectAll()
        .where('sequence', '=', sequence)
        .executeTakeFirst();
      return row && entryOf(row);
    },

    async historyOf(alertId) {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('alert_id', '=', storable(alertId))
        .orderBy('sequence')
        .execute();
      return rows.map(entryOf);
    },

    async latestOf(alertId, { limit, offset }) {
      const ofAlert = db.selectFrom('audit').where('alert_id', '=', storable(alertId));
      const { total } = await ofAlert
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await ofAlert
        .selectAll()
        .orderBy('sequence', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      return { entries: rows.map(entryOf), total: Number(total) };
    },

    async *walk(from): AsyncGenerator<AuditEntry> {
      for await (const row of walk(db, from)) yield entryOf(row);
    },

    async head() {
      const head = await headOf(db);
      if (!head) throw new Error('table audit_head has lost its row: restore the database from a backup');
      return head;
    },
  };
}
