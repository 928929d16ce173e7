import { type RawBuilder, sql } from 'kysely';
import { type Instant, MINUTE } from '../domain/time.ts';

/** A row's columns once nobody has it. */
export const FREE = { holder: null, lease_until: null };

/** No lease and no wait is as long as this: one that is was stored while a clock was wrong. */
export const TOO_LONG = 5 * MINUTE;

/** Nobody has the row: it has no lease, one that is over, or one that can't be right. */
export function isFree(column: string, now: Instant): RawBuilder<boolean> {
  const at = sql.ref(column);
  return sql<boolean>`(${at} is null or ${at} < ${now} or ${at} > ${now + TOO_LONG})`;
}
