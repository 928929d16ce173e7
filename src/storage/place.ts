import { type Kysely, sql } from 'kysely';
import type { AlertId } from '../domain/alert.ts';
import type { Schema } from './schema.ts';

/** Where an alert's card and thread are. */
export interface Place {
  channel: string;
  /** What a new message of the thread is wanted in: 0 while nobody wants the card, since there is no thread then. */
  version: 0 | 1;
  /** The digest that it stands in. */
  digest: string | undefined;
}

export async function placeOf(trx: Kysely<Schema>, alertId: AlertId): Promise<Place> {
  const { channel, wanted_version, digest } = await trx
    .selectFrom('message')
    .select(['channel', 'wanted_version', 'digest'])
    .where('alert_id', '=', alertId)
    .where('kind', '=', 'card')
    .executeTakeFirstOrThrow();
  return { channel, version: wanted_version === 0 ? 0 : 1, digest: digest ?? undefined };
}

/** The same once somebody does something about the alert: then its card is wanted, and all that is to stand under it. */
export async function claimPlace(trx: Kysely<Schema>, alertId: AlertId): Promise<Place> {
  await wantCard(trx, alertId);
  return placeOf(trx, alertId);
}

/** As urgent as a line of the thread: somebody waits for it, or it turned out to be grave. Other new cards may be many. */
const ASKED_FOR = sql<number>`case when urgency > 2 then 2 else urgency end`;

/** Has the card drawn, before other new ones, if it only stood in a digest; false when it was wanted before, or isn't there. */
export async function wantCard(trx: Kysely<Schema>, alertId: AlertId): Promise<boolean> {
  const rows = await trx
    .updateTable('message')
    .set({ wanted_version: 1, urgency: ASKED_FOR })
    .where('alert_id', '=', alertId)
    .where('wanted_version', '=', 0)
    .returning('kind')
    .execute();
  return rows.some(({ kind }) => kind === 'card');
}
