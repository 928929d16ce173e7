import { type Kysely, sql, type Transaction } from 'kysely';
import type { AlertId } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import type { BurstStore, NewDigest, Unposted } from '../ports/bursts.ts';
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
      // As literals: SQLite plans before it knows parameters, and would read all of the table instead of the index.
      const undecided = await db
        .selectFrom('message')
        .select(['alert_id', 'channel'])
        .where('wanted_version', '=', sql.lit(0))
        .where('digest', 'is', null)
        .where('kind', '=', sql.lit('card'))
        .execute();
      return unpostedOf(db, undecided, { account, since: 0 });
    },

    async undrawn(account, since) {
      const behind = await db
        .selectFrom('message')
        .select(['alert_id', 'channel'])
        .whereRef('shown_version', '<', 'wanted_version')
        .where('ts', 'is', null)
        .where('tried_at', 'is', null)
        .where('digest', 'is', null)
        .where('kind', '=', 'card')
        .execute();
      return unpostedOf(db, behind, { account, since });
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

/**
 * The alerts of an account whose cards these are. By their ids alone: with the account in the question, SQLite goes by
 * that, and reads every alert that it ever had.
 */
async function unpostedOf(
  db: Kysely<Schema>,
  cards: readonly { alert_id: string | null; channel: string }[],
  { account, since }: { account: string; since: Instant },
): Promise<Unposted[]> {
  const channels = new Map(cards.map(({ alert_id, channel }) => [alert_id ?? '', channel]));
  const found: Unposted[] = [];
  for (const ids of chunksOf([...channels.keys()])) {
    const rows = await db
      .selectFrom('alert')
      .select(['id', 'state', 'account', 'raised_at'])
      .where('id', 'in', ids)
      .execute();
    const theirs = rows.filter((row) => row.account === account && row.raised_at >= since);
    for (const row of theirs) found.push({ alert: alertOf(row), channel: channels.get(row.id) ?? '' });
  }
  return found;
}

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
      .where(isFree(trx, 'lease_until'))
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
