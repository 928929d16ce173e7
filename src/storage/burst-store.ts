import type { Kysely, Transaction } from 'kysely';
import type { AlertId } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import type { BurstStore, NewDigest } from '../ports.ts';
import { alertOf } from './alert-row.ts';
import { append } from './audit/append.ts';
import { isFree } from './lease.ts';
import { newMessage } from './message-row.ts';
import type { Schema } from './schema.ts';
import { transact } from './transaction.ts';

/** A statement takes so many ids. */
const CHUNK = 500;

export function burstStore(db: Kysely<Schema>): BurstStore {
  return {
    async waiting(account) {
      const rows = await db
        .selectFrom('message as m')
        .innerJoin('alert as a', 'a.id', 'm.alert_id')
        .where('m.wanted_version', '=', 0)
        .where('m.digest', 'is', null)
        .where('m.kind', '=', 'card')
        .where('a.account', '=', account)
        .select(['a.id', 'a.state', 'm.channel'])
        .execute();
      return rows.map(unposted);
    },

    async undrawn(account, since) {
      const rows = await db
        .selectFrom('message as m')
        .innerJoin('alert as a', 'a.id', 'm.alert_id')
        .where('m.kind', '=', 'card')
        .where('m.wanted_version', '>', 0)
        .where('m.ts', 'is', null)
        .where('m.tried_at', 'is', null)
        .where('m.digest', 'is', null)
        .where('a.account', '=', account)
        .where('a.raised_at', '>=', since)
        .select(['a.id', 'a.state', 'm.channel'])
        .execute();
      return rows.map(unposted);
    },

    settle: ({ own, digests, at }) =>
      transact(db, async (trx) => {
        const facts = ({ id, alerts }: NewDigest) => ({ digest: id, alerts: alerts.length });
        await append(
          trx,
          digests.map((digest) => ({ at, what: 'digested', facts: facts(digest) })),
        );
        for (const ids of chunksOf(own))
          await trx
            .updateTable('message')
            .set({ wanted_version: 1 })
            .where('alert_id', 'in', ids)
            .where('wanted_version', '=', 0)
            .execute();
        for (const digest of digests) await bring(trx, digest, at);
      }),

    async ofDigest(id) {
      const rows = await db
        .selectFrom('message as m')
        .innerJoin('alert as a', 'a.id', 'm.alert_id')
        .where('m.digest', '=', id)
        .select(['a.id', 'a.state', 'm.wanted_version'])
        .execute();
      return rows.map((row) => ({ alert: alertOf(row), card: row.wanted_version > 0 }));
    },
  };
}

const unposted = ({ channel, ...row }: Parameters<typeof alertOf>[0] & { channel: string }) => ({
  alert: alertOf(row),
  channel,
});

/** The digest with its file, and the cards that stand in it; one that somebody is drawing by now stays what it is. */
async function bring(
  trx: Transaction<Schema>,
  { id, channel, alerts }: NewDigest,
  at: Instant,
): Promise<void> {
  for (const ids of chunksOf(alerts)) {
    const moved = await trx
      .updateTable('message')
      .set({ digest: id, wanted_version: 0 })
      .where('alert_id', 'in', ids)
      .where('kind', '=', 'card')
      .where('ts', 'is', null)
      .where('tried_at', 'is', null)
      .where(isFree('lease_until', at))
      .returning('alert_id')
      .execute();
    const inDigest = moved.flatMap(({ alert_id }) => alert_id ?? []);
    // What was to stand under such a card waits with it.
    if (inDigest.length > 0)
      await trx
        .updateTable('message')
        .set({ wanted_version: 0 })
        .where('alert_id', 'in', inDigest)
        .where('kind', '!=', 'card')
        .execute();
  }
  const digest = { id, at };
  const shared = { channel, version: 1, position: at };
  await trx
    .insertInto('message')
    .values([
      newMessage(`digest:${id}`, { of: 'digest', digest }, shared),
      newMessage(`digest-file:${id}`, { of: 'digest-file', digest }, shared),
    ])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

function* chunksOf(ids: readonly AlertId[]): Generator<AlertId[]> {
  for (let at = 0; at < ids.length; at += CHUNK) yield ids.slice(at, at + CHUNK);
}
