import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import { MINUTE } from '../domain/time.ts';
import type { Schema } from './schema.ts';

/** A row's columns once nobody has it. */
export const FREE = { holder: null, lease_until: null };

/** No lease and no wait is as long as this: one that is was stored while a clock was wrong. */
export const TOO_LONG = 5 * MINUTE;

/**
 * The database's own time, the same for all replicas. PostgreSQL's is when the statement came: one time for all rows, so
 * that an index can be used. If the statement then waits for a lock, a lease that ends meanwhile isn't taken yet, and a
 * new one still ends no earlier than its holder thinks, who counts from before he asked.
 */
function clock(db: Kysely<Schema>): RawBuilder<number> {
  return db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
}

/** The end of a lease that is taken for so long now. */
export const endOf = (db: Kysely<Schema>, leaseMs: number): RawBuilder<number> =>
  sql<number>`${clock(db)} + ${leaseMs}`;

/** Nobody has the row: it has no lease, one that is over, or one that can't be right. */
export function isFree(db: Kysely<Schema>, column: string): RawBuilder<boolean> {
  const [at, now] = [sql.ref(column), clock(db)];
  return sql<boolean>`(${at} is null or ${at} < ${now} or ${at} > ${now} + ${TOO_LONG})`;
}

/** For the only process on the database: what a process before it had is nobody's. */
export async function forgetLeases(db: Kysely<Schema>): Promise<void> {
  await db.updateTable('lease').set({ until: 0 }).execute();
  // Whose it was stays known: what became of its last drawing isn't.
  await db.updateTable('message').set({ lease_until: null }).where('holder', 'is not', null).execute();
  await db.updateTable('job').set(FREE).where('holder', 'is not', null).execute();
}
