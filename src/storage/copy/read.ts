import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Row } from './tables.ts';

/** So few that even the largest records of CloudTrail (256 KB) stay within tens of megabytes. */
const PAGE = 100;

/** All rows of a table in the order of its key, a page at a time in memory. */
export async function* pagesOf(
  db: Kysely<Schema>,
  table: string,
  key: readonly string[],
): AsyncGenerator<Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  do {
    const after = last && sql`where (${columns}) > (${sql.join(key.map((column) => last?.[column]))})`;
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} ${after ?? sql``} order by ${columns} limit ${PAGE}`.execute(db);
    if (rows.length > 0) yield rows;
    last = rows.length === PAGE ? rows.at(-1) : undefined;
  } while (last);
}

/** The rows of a table that have the keys of these. */
export async function sameRows(
  db: Kysely<Schema>,
  table: string,
  key: readonly string[],
  rows: readonly Row[],
): Promise<Row[]> {
  const each = rows.map(
    (row) =>
      sql`(${sql.join(
        key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
        sql` and `,
      )})`,
  );
  const found = await sql<Row>`
    select * from ${sql.table(table)} where ${sql.join(each, sql` or `)}`.execute(db);
  return found.rows;
}

export async function countOf(db: Kysely<Schema>, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    db,
  );
  return Number(rows[0]?.count);
}
