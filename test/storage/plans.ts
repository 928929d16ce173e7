import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { Schema } from '../../src/storage/schema.ts';
import type { Engine } from './engines.ts';

/** How the engine goes about what `ask` selects from a table, with what is stored by now. */
export async function plansOf(
  engine: Engine,
  table: 'alert' | 'message',
  ask: (db: Kysely<Schema>) => Promise<unknown>,
): Promise<string[]> {
  const asked: CompiledQuery[] = [];
  const db = engine.byHand((query) => asked.push(query));
  const isFile = engine.url.startsWith('file:');
  if (!isFile) await sql`analyze ${sql.table(table)}`.execute(db);
  await ask(db);
  const plans = [];
  for (const { sql: text, parameters } of asked.filter((query) => query.sql.startsWith('select'))) {
    const explain = isFile ? 'explain query plan' : 'explain';
    const plan = await db.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]));
    plans.push(JSON.stringify(plan.rows));
  }
  return plans;
}
