import { type Kysely, sql } from 'kysely';
import type { Alert, AlertId } from '../domain/alert.ts';
import type { AlertAbout, AlertQuery } from '../ports/alerts.ts';
import { alertOf, lower } from './alert-row.ts';
import type { Schema } from './schema.ts';

/** Alerts that answer to all of the query, newest event first, and how many there are in all. */
export async function search(
  db: Kysely<Schema>,
  query: AlertQuery,
): Promise<{ alerts: Alert[]; total: number }> {
  const ids = await idsFor(db, query);
  if (ids?.length === 0) return { alerts: [], total: 0 };
  const found = matching(db, query, ids);
  const { total } = await found
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .select(['id', 'state'])
    .orderBy('event_time', 'desc')
    .orderBy('id')
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { alerts: rows.map(alertOf), total: Number(total) };
}

/** The accounts of alerts that answer to all of the query, that of the newest event first. */
export async function accountsAbout(db: Kysely<Schema>, about: AlertAbout): Promise<string[]> {
  const ids = await idsFor(db, about);
  if (ids?.length === 0) return [];
  const rows = await matching(db, about, ids)
    .select(['account', ({ fn }) => fn.max('event_time').as('newest')])
    .groupBy('account')
    .orderBy('newest', 'desc')
    .orderBy('account')
    .limit(MOST_ACCOUNTS)
    .execute();
  return rows.map(({ account }) => account);
}

const MOST_ACCOUNTS = 20;

const idsFor = async (db: Kysely<Schema>, { eventId }: AlertAbout): Promise<AlertId[] | undefined> =>
  eventId === undefined ? undefined : alertsOf(db, eventId);

function matching(db: Kysely<Schema>, query: AlertAbout, ids: AlertId[] | undefined) {
  const actor = lower(query.actor);
  let found = db.selectFrom('alert');
  if (query.states) found = found.where('handling', 'in', query.states);
  if (query.raisedSince !== undefined) found = found.where('raised_at', '>=', query.raisedSince);
  if (query.subject !== undefined) found = found.where('subject_lower', '=', lower(query.subject));
  if (query.object !== undefined) found = found.where('object_lower', '=', lower(query.object));
  // Not offered as it is: all alerts may be of one account, and SQLite would go by that and read them all.
  if (query.account !== undefined) found = found.where(sql<boolean>`account || '' = ${query.account}`);
  if (query.occurred) {
    const { from, to } = query.occurred;
    found = found.where('event_time', '>=', from).where('event_time', '<=', to);
  }
  if (ids) found = found.where('id', 'in', ids);
  if (actor !== null) {
    found = found.where(({ or, eb }) =>
      or([
        eb('actor_lower', '=', actor),
        eb('actor_arn_lower', '=', actor),
        eb('access_key_lower', '=', actor),
      ]),
    );
  }
  return found;
}

/** By the event's own id, which has an index; else by those of later records of it, and by the keys of what has none. */
async function alertsOf(db: Kysely<Schema>, eventId: string): Promise<AlertId[]> {
  const own = await db.selectFrom('alert').select('id').where('event_id', '=', eventId).execute();
  if (own.length > 0) return own.map(({ id }) => id);
  const others = await db
    .selectFrom('event_record')
    .select('alert_id')
    .where('event_key', '=', eventId)
    .execute();
  return others.map(({ alert_id }) => alert_id);
}
