import { type Kysely, type Selectable, sql } from 'kysely';
import { actorKey } from '../domain/actor.ts';
import type { Alert, AlertId } from '../domain/alert.ts';
import { HOUR } from '../domain/time.ts';
import { alertOf, lower } from './alert-row.ts';
import type { MessageTable, Schema } from './schema.ts';

/** A card tells how many others there are: of very many the latest are enough. */
const MOST = 20;

/** So many are named, with their links; the others are counted. */
const NAMED = 5;

interface Group {
  account: string;
  actor: string;
  object: string;
  from: number;
  to: number;
}

/**
 * Has the cards of alerts of the same actor and group within an hour drawn anew: they have more companions now. One that
 * comes alone waits for its own card, see `leadTo`, so that the others aren't drawn twice.
 */
export async function outdateCompanions(
  trx: Kysely<Schema>,
  fresh: readonly Alert[],
  cards: 'come' | 'wait',
): Promise<void> {
  const groups = new Map<string, Group & { count: number }>();
  for (const alert of fresh) {
    const group = groupOf(alert);
    if (!group) continue;
    const key = `${group.account}\0${group.actor}\0${group.object}`;
    const known = groups.get(key);
    groups.set(key, {
      ...group,
      from: Math.min(group.from, known?.from ?? group.from),
      to: Math.max(group.to, known?.to ?? group.to),
      count: (known?.count ?? 0) + 1,
    });
  }
  for (const { count, ...group } of groups.values()) {
    if (count === 1 && cards === 'come') continue;
    await redraw(trx, await latestOf(trx, group));
  }
}

/**
 * The card of an alert is posted: has the cards of its companions drawn anew, to lead to it. Of many that are posted one
 * after the other only the last ones do, since the latest are named.
 */
export async function leadTo(trx: Kysely<Schema>, id: AlertId): Promise<void> {
  const row = await trx.selectFrom('alert').select(['id', 'state']).where('id', '=', id).executeTakeFirst();
  const group = row && groupOf(alertOf(row));
  if (!group) return;
  const cards = await latestOf(trx, group);
  const isNamed = cards.slice(0, NAMED).some(({ alert_id }) => alert_id === id);
  const othersWait = cards.some(
    ({ alert_id, ts, wanted_version }) => alert_id !== id && !ts && wanted_version > 0,
  );
  if (othersWait && !isNamed) return;
  await redraw(
    trx,
    cards.filter(({ alert_id }) => alert_id !== id),
  );
}

function groupOf({ account, eventTime, cause }: Alert): Group | undefined {
  if (cause.is !== 'match' || cause.object === undefined) return undefined;
  return {
    account,
    actor: lower(actorKey(cause.event.actor)) ?? '',
    object: lower(cause.object) ?? '',
    from: eventTime - HOUR,
    to: eventTime + HOUR,
  };
}

type Card = Pick<Selectable<MessageTable>, 'id' | 'alert_id' | 'ts' | 'wanted_version'>;

const latestOf = (trx: Kysely<Schema>, { account, actor, object, from, to }: Group): Promise<Card[]> =>
  trx
    .selectFrom('alert as a')
    .innerJoin('message as m', 'm.alert_id', 'a.id')
    .where('m.kind', '=', 'card')
    .where('a.account', '=', account)
    .where('a.object_lower', '=', object)
    .where(({ or, eb }) => or([eb('a.actor_arn_lower', '=', actor), eb('a.actor_lower', '=', actor)]))
    .where('a.event_time', '>=', from)
    .where('a.event_time', '<=', to)
    .orderBy('a.event_time', 'desc')
    .limit(MOST)
    .select(['m.id', 'm.alert_id', 'm.ts', 'm.wanted_version'])
    .execute();

async function redraw(trx: Kysely<Schema>, cards: readonly Card[]): Promise<void> {
  const posted = cards.filter(({ ts }) => ts !== null).map(({ id }) => id);
  if (posted.length === 0) return;
  await trx
    .updateTable('message')
    .set({ wanted_version: sql<number>`wanted_version + 1` })
    .where('id', 'in', posted)
    .execute();
}
