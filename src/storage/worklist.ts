import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { SEVERITIES } from '../domain/severity.ts';
import type { Unresolved, Worklist, WorklistQuery } from '../ports/alerts.ts';
import { alertOf } from './alert-row.ts';
import type { Schema } from './schema.ts';

const handling = z.enum(['open', 'acknowledged']);

/** Ids first: a whole alert is large, and only one page of them is shown. */
export async function worklist(
  db: Kysely<Schema>,
  { states = handling.options, takenBy, limit, offset }: WorklistQuery,
): Promise<Worklist> {
  const found = db
    .selectFrom('alert')
    .where('handling', 'in', states)
    .$if(takenBy !== undefined, (query) => query.where('taken_by', '=', takenBy ?? ''));
  const page = await found
    .select('id')
    .orderBy('severity_rank', 'desc')
    .orderBy('event_time', 'desc')
    // Many may be of one second: without it PostgreSQL orders them anew for each page, and one could be on none.
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  const { total } = await found
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const ids = page.map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await db.selectFrom('alert').select(['id', 'state']).where('id', 'in', ids).execute();
  // Somebody may have moved one between the two queries.
  const still = rows.map(alertOf).filter((alert) => states.some((state) => state === alert.handling.is));
  const alerts = still.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  return { alerts, total: Number(total) };
}

export async function countUnresolved(db: Kysely<Schema>): Promise<Unresolved> {
  const none = () => ({ open: 0, acknowledged: 0 });
  const counts: Unresolved = { low: none(), medium: none(), high: none(), critical: none() };
  const rows = await db
    .selectFrom('alert')
    .select(['handling', 'severity_rank', sql<number>`count(*)`.as('count')])
    .where('handling', 'in', handling.options)
    .groupBy(['handling', 'severity_rank'])
    .execute();
  for (const row of rows) {
    const severity = SEVERITIES[row.severity_rank] ?? 'low';
    counts[severity][handling.parse(row.handling)] = Number(row.count);
  }
  return counts;
}
