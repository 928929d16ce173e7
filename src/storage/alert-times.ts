import { type Kysely, sql } from 'kysely';
import { SECOND } from '../domain/time.ts';
import type { AlertTimes } from '../ports.ts';
import type { Schema } from './schema.ts';

const MOST = 1_000;

/** By the audit log who acted first, and by Slack's own time when the card was there. */
export async function timesSince(db: Kysely<Schema>, raisedSince: number): Promise<AlertTimes[]> {
  const rows = await db
    .selectFrom('alert as a')
    .leftJoin('audit as u', (join) =>
      join.onRef('u.alert_id', '=', 'a.id').on('u.what', 'in', ['acknowledge', 'resolve']),
    )
    .leftJoin('message as m', (join) => join.onRef('m.alert_id', '=', 'a.id').on('m.kind', '=', 'card'))
    .select(['a.id', 'a.event_time', 'a.raised_at', 'm.ts'])
    .select(sql<number | null>`min(case when u.what = 'acknowledge' then u.at end)`.as('acknowledged_at'))
    .select(sql<number | null>`max(case when u.what = 'resolve' then u.at end)`.as('resolved_at'))
    .where('a.raised_at', '>=', raisedSince)
    .groupBy(['a.id', 'a.event_time', 'a.raised_at', 'm.ts'])
    .orderBy('a.raised_at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    alertId: row.id,
    eventTime: row.event_time,
    raisedAt: row.raised_at,
    shownAt: row.ts === null ? undefined : Math.round(Number(row.ts) * SECOND),
    acknowledgedAt: row.acknowledged_at ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
  }));
}
