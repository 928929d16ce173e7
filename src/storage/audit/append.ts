import { sql, type Transaction } from 'kysely';
import type { NewAuditEntry } from '../../ports/audit.ts';
import type { Schema } from '../schema.ts';
import type { AuditHead, AuditRow } from './chain.ts';
import { nextRow } from './row.ts';

/**
 * Waits for every transaction that is writing to the chain, and holds up the others until this one ends. It comes
 * before any other write of a transaction: with one order of locks everywhere, replicas can't deadlock.
 */
export async function takeTurn(trx: Transaction<Schema>): Promise<AuditHead> {
  return trx
    .updateTable('audit_head')
    .set({ sequence: sql<number>`sequence` })
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow(
      () => new Error('table audit_head has lost its row: restore the database from a backup'),
    );
}

/**
 * Adds to the end of the chain, many in one statement, and takes its turn for it. `repeated` when an entry's key is
 * known already: then nothing is added. The sequences come in the order of the entries; at most 2,000 at a time.
 */
export async function append(
  trx: Transaction<Schema>,
  entries: readonly NewAuditEntry[],
): Promise<number[] | 'repeated'> {
  if (entries.length === 0) return [];
  let head = await takeTurn(trx);
  const rows: AuditRow[] = [];
  for (const entry of entries) {
    const row = nextRow(entry, head);
    rows.push(row);
    head = { sequence: row.sequence, hash: row.hash };
  }
  if (await hasKeyOf(trx, rows)) return 'repeated';
  await trx.insertInto('audit').values(rows).execute();
  await trx.updateTable('audit_head').set(head).execute();
  return rows.map(({ sequence }) => sequence);
}

async function hasKeyOf(trx: Transaction<Schema>, rows: readonly AuditRow[]): Promise<boolean> {
  const keys = rows.flatMap(({ request_key }) => request_key ?? []);
  if (keys.length === 0) return false;
  const known = await trx
    .selectFrom('audit')
    .select('sequence')
    .where('request_key', 'in', keys)
    .executeTakeFirst();
  return known !== undefined;
}
