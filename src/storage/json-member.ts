import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** A member of the JSON object in the column `state`, as text; the engines write that differently. */
export function memberOfState(db: Kysely<Schema>, ...path: string[]): RawBuilder<string> {
  return db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<string>`state::json #>> ${sql.lit(`{${path.join()}}`)}`
    : sql<string>`state ->> ${sql.lit(`$.${path.join('.')}`)}`;
}
