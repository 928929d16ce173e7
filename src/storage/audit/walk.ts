import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { AuditHead, AuditRow } from './chain.ts';

const PAGE = 1_000;

/** The rows from a sequence number on, or all of them, oldest first, a page at a time in memory. */
export async function* walk(db: Kysely<Schema>, from?: number): AsyncGenerator<AuditRow> {
  let page = await pageOf(db, '>=', from);
  while (page.length > 0) {
    yield* page;
    page = await pageOf(db, '>', page.at(-1)?.sequence);
  }
}

function pageOf(db: Kysely<Schema>, side: '>' | '>=', from: number | undefined): Promise<AuditRow[]> {
  return db
    .selectFrom('audit')
    .selectAll()
    .$if(from !== undefined, (query) => query.where('sequence', side, from ?? 0))
    .orderBy('sequence')
    .limit(PAGE)
    .execute();
}

/** What the table `audit_head` says; nothing when its one row is gone. */
export function headOf(db: Kysely<Schema>): Promise<AuditHead | undefined> {
  return db.selectFrom('audit_head').select(['sequence', 'hash']).executeTakeFirst();
}
