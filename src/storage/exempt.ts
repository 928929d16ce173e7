import { sql, type Transaction } from 'kysely';
import type { Raised } from '../ports/alerts.ts';
import type { Schema } from './schema.ts';
import { storable } from './text.ts';

/** An event that an exception keeps from becoming an alert. */
export interface Exempted {
  raised: Raised;
  exceptionId: string;
  /** The same call was exempted before, under another event id: kept, and not counted again. */
  again: boolean;
}

/**
 * Tells which of a page's events are exempted. Asked within the transaction that stores them, so an exception that
 * was ended since the page was read exempts nothing. A second record of an exempted call goes with the first one.
 */
export async function exemptions(
  trx: Transaction<Schema>,
  batch: readonly Raised[],
): Promise<(raised: Raised) => Exempted | undefined> {
  const inForce = await stillInForce(trx, batch);
  const calls = await exemptedCalls(trx, batch);
  return (raised) => {
    const call = callOf(raised.alert.account, raised.softKey);
    const before = call && calls.get(call);
    if (before) return { raised, exceptionId: before, again: true };
    const { exemption } = raised;
    if (exemption === undefined || !inForce.has(exemption)) return undefined;
    if (call) calls.set(call, exemption);
    return { raised, exceptionId: exemption, again: false };
  };
}

const callOf = (account: string, softKey: string | undefined): string | undefined =>
  softKey === undefined ? undefined : `${account}\0${softKey}`;

async function stillInForce(trx: Transaction<Schema>, batch: readonly Raised[]): Promise<Set<string>> {
  const asked = batch.filter(({ exemption }) => exemption !== undefined);
  if (asked.length === 0) return new Set();
  const rows = await trx
    .selectFrom('exception')
    .select('id')
    .where('active', '=', 1)
    .where('expires_at', '>', Math.max(...asked.map(({ alert }) => alert.raisedAt)))
    .where('id', 'in', [...new Set(asked.flatMap(({ exemption }) => exemption ?? []))])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

async function exemptedCalls(
  trx: Transaction<Schema>,
  batch: readonly Raised[],
): Promise<Map<string, string>> {
  const softKeys = batch.flatMap(({ softKey }) => softKey ?? []);
  if (softKeys.length === 0) return new Map();
  const rows = await trx
    .selectFrom('exempted')
    .select(['account', 'soft_key', 'exception_id'])
    .where('soft_key', 'in', softKeys)
    .execute();
  return new Map(rows.map((row) => [`${row.account}\0${row.soft_key}`, row.exception_id]));
}

/** Keeps the events, and counts them for their exceptions. */
export async function keepExempted(trx: Transaction<Schema>, exempted: readonly Exempted[]): Promise<void> {
  if (exempted.length === 0) return;
  await trx.insertInto('exempted').values(exempted.map(rowOf)).execute();
  const hits = Map.groupBy(
    exempted.filter(({ again }) => !again),
    ({ exceptionId }) => exceptionId,
  );
  for (const [id, events] of hits) {
    const last = Math.max(...events.map(({ raised }) => raised.alert.eventTime));
    await trx
      .updateTable('exception')
      .set({
        hits: sql<number>`hits + ${events.length}`,
        last_hit_at: sql<number>`case when last_hit_at > ${last} then last_hit_at else ${last} end`,
      })
      .where('id', '=', id)
      .execute();
  }
}

function rowOf({ raised: { alert, softKey, raw }, exceptionId }: Exempted) {
  const match = alert.cause.is === 'match' ? alert.cause : undefined;
  return {
    account: alert.account,
    event_key: alert.eventKey,
    soft_key: softKey ?? null,
    exception_id: exceptionId,
    at: alert.eventTime,
    actor: storable(match?.event.actor.name ?? ''),
    subject: match?.subject === undefined ? null : storable(match.subject),
    object: match?.object === undefined ? null : storable(match.object),
    raw: storable(raw),
  };
}
