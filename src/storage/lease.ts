import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Instant, MINUTE } from '../domain/time.ts';
import type { Schema } from './schema.ts';

/** A row's columns once nobody has it. */
export const FREE = { holder: null, lease_until: null };

/** No lease and no wait is as long as this: one that is was stored while a clock was wrong. */
export const TOO_LONG = 5 * MINUTE;

/** Nobody has the row: it has no lease, one that is over, or one that can't be right. */
export function isFree(column: string, now: Instant): RawBuilder<boolean> {
  const at = sql.ref(column);
  return sql<boolean>`(${at} is null or ${at} < ${now} or ${at} > ${now + TOO_LONG})`;
}

/** For the only process on the database: what a process before it had is nobody's. */
export async function forgetLeases(db: Kysely<Schema>): Promise<void> {
  await db.updateTable('lease').set({ until: 0 }).execute();
  // Whose it was stays known: what became of its last drawing isn't.
  await db.updateTable('message').set({ lease_until: null }).where('holder', 'is not', null).execute();
  await db.updateTable('job').set(FREE).where('holder', 'is not', null).execute();
}
