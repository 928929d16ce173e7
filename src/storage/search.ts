import type { Kysely } from 'kysely';
import type { Alert } from '../domain/alert.ts';
import type { AlertQuery } from '../ports.ts';
import { alertOf, lower } from './alert-row.ts';
import type { Schema } from './schema.ts';

/** Alerts that answer to all of the query, newest event first, and how many there are in all. */
export async function search(
  db: Kysely<Schema>,
  query: AlertQuery,
): Promise<{ alerts: Alert[]; total: number }> {
  const actor = lower(query.actor);
  let found = db.selectFrom('alert');
  if (query.states) found = found.where('handling', 'in', query.states);
  if (query.raisedSince !== undefined) found = found.where('raised_at', '>=', query.raisedSince);
  if (query.subject !== undefined) found = found.where('subject_lower', '=', lower(query.subject));
  if (query.object !== undefined) found = found.where('object_lower', '=', lower(query.object));
  if (query.account !== undefined) found = found.where('account', '=', query.account);
  if (query.occurred) {
    const { from, to } = query.occurred;
    found = found.where('event_time', '>=', from).where('event_time', '<=', to);
  }
  if (query.eventId !== undefined) found = found.where('event_id', '=', query.eventId);
  if (actor !== null) {
    found = found.where(({ or, eb }) =>
      or([
        eb('actor_lower', '=', actor),
        eb('actor_arn_lower', '=', actor),
        eb('access_key_lower', '=', actor),
      ]),
    );
  }
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
