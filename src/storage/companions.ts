import { type Kysely, sql } from 'kysely';
import { actorKey } from '../domain/actor.ts';
import type { Alert } from '../domain/alert.ts';
import { HOUR } from '../domain/time.ts';
import { lower } from './alert-row.ts';
import type { Schema } from './schema.ts';

/** A card tells how many others there are: of very many the latest are enough. */
const MOST = 20;

/** Has the cards of alerts of the same actor and group within an hour drawn anew: they have one more companion now. */
export async function outdateCompanions(trx: Kysely<Schema>, fresh: readonly Alert[]): Promise<void> {
  const groups = new Map<
    string,
    { from: number; to: number; account: string; actor: string; object: string }
  >();
  for (const { account, eventTime, cause } of fresh) {
    if (cause.is !== 'match' || cause.object === undefined) continue;
    const actor = lower(actorKey(cause.event.actor)) ?? '';
    const object = lower(cause.object) ?? '';
    const known = groups.get(`${account}\0${actor}\0${object}`);
    groups.set(`${account}\0${actor}\0${object}`, {
      account,
      actor,
      object,
      from: Math.min(eventTime - HOUR, known?.from ?? eventTime),
      to: Math.max(eventTime + HOUR, known?.to ?? eventTime),
    });
  }
  for (const { account, actor, object, from, to } of groups.values()) {
    await trx
      .updateTable('message')
      .set({ wanted_version: sql<number>`wanted_version + 1` })
      .where('kind', '=', 'card')
      .where('ts', 'is not', null)
      .where('alert_id', 'in', (select) =>
        select
          .selectFrom('alert')
          .select('id')
          .where('account', '=', account)
          .where('object_lower', '=', object)
          .where(({ or, eb }) => or([eb('actor_arn_lower', '=', actor), eb('actor_lower', '=', actor)]))
          .where('event_time', '>=', from)
          .where('event_time', '<=', to)
          .orderBy('event_time', 'desc')
          .limit(MOST),
      )
      .execute();
  }
}
