import { Kysely } from 'kysely';
import { connect } from '../../src/storage/connect.ts';
import type { Schema } from '../../src/storage/schema.ts';

/** Makes every lease older by so much: they go by the clock of the database, which no test can set. */
export async function ageLeases(url: string, ms: number): Promise<void> {
  const db = new Kysely<Schema>({ dialect: connect(url).dialect });
  await db
    .updateTable('lease')
    .set(({ eb }) => ({ until: eb('until', '-', ms) }))
    .execute();
  for (const table of ['message', 'job'] as const)
    await db
      .updateTable(table)
      .set(({ eb }) => ({ lease_until: eb('lease_until', '-', ms) }))
      .execute();
  await db.destroy();
}
