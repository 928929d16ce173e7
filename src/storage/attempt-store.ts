import type { Kysely, Transaction } from 'kysely';
import type { AlertId } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import type { AttemptStore, KeptAttempt } from '../ports/attempts.ts';
import { lower } from './alert-row.ts';
import { actorKeyOf, attemptOf } from './attempt-row.ts';
import { takeTurn } from './audit/append.ts';
import { raiseWithin } from './raise.ts';
import type { Schema } from './schema.ts';
import { transact } from './transaction.ts';

type Counted = Awaited<ReturnType<AttemptStore['count']>>;

/** `channel` is where the cards of alerts about attempts go. */
export function attemptStore(db: Kysely<Schema>, { channel }: { channel: string }): AttemptStore {
  return {
    count: ({ account, actor }, within, judge) =>
      transact<Counted>(db, async (trx) => {
        await takeTurn(trx);
        const ofActor = { account, key: actorKeyOf(actor) };
        const span = await uncounted(trx, ofActor);
        if (!span) return { raisings: [], left: false };
        const runs = judge(await near(trx, ofActor, span, within));
        const raisings = await raiseWithin(
          trx,
          runs.map(({ raised }) => raised),
          channel,
        );
        for (const { raised, run } of runs) await tell(trx, ofActor, raised.alert.id, run);
        await trx
          .updateTable('attempt')
          .set({ counted: 1 })
          .where('account', '=', account)
          .where('actor_key', '=', ofActor.key)
          .where('counted', '=', 0)
          .where('at', '<=', span.last)
          .execute();
        return { raisings, left: (await uncounted(trx, ofActor)) !== undefined };
      }),

    async ofActor(actor, limit) {
      const name = lower(actor) ?? '';
      const found = db
        .selectFrom('attempt')
        .where(({ or, eb }) =>
          or([eb('actor_key', '=', name), eb('actor_lower', '=', name), eb('access_key_lower', '=', name)]),
        );
      const rows = await found
        .select(['event_key', 'state'])
        .orderBy('at', 'desc')
        .orderBy('event_key')
        .limit(limit)
        .execute();
      const { total } = await found
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { attempts: rows.map(attemptOf), total: Number(total) };
    },

    async tally(since) {
      const all = db.selectFrom('attempt').select(({ fn }) => fn.countAll<number>().as('count'));
      const { count: total } = await all.executeTakeFirstOrThrow();
      const { count: lately } = await all.where('at', '>=', since).executeTakeFirstOrThrow();
      return { total: Number(total), since: Number(lately) };
    },
  };
}

/** So many at a time: after a long time down there may be a flood of them. */
const AT_ONCE = 500;

interface OfActor {
  account: string;
  key: string;
}

/** From when to when the oldest attempts are that nobody has counted. */
async function uncounted(
  trx: Transaction<Schema>,
  { account, key }: OfActor,
): Promise<{ first: Instant; last: Instant } | undefined> {
  const rows = await trx
    .selectFrom('attempt')
    .select('at')
    .where('account', '=', account)
    .where('actor_key', '=', key)
    .where('counted', '=', 0)
    .orderBy('at')
    .limit(AT_ONCE)
    .execute();
  const [first, last] = [rows[0], rows.at(-1)];
  return first && last && { first: first.at, last: last.at };
}

/** Whatever they may be counted together with, and what alerts have told of around it. */
async function near(
  trx: Transaction<Schema>,
  { account, key }: OfActor,
  { first, last }: { first: Instant; last: Instant },
  within: number,
): Promise<KeptAttempt[]> {
  const rows = await trx
    .selectFrom('attempt')
    .select(['event_key', 'state', 'raw', 'alert_id'])
    .where('account', '=', account)
    .where('actor_key', '=', key)
    .where('at', '>=', first - 2 * within)
    .where('at', '<=', last + 2 * within)
    .orderBy('at')
    .execute();
  return rows.map((row) => ({
    attempt: attemptOf(row),
    raw: row.raw,
    alertId: row.alert_id ?? undefined,
  }));
}

/** Remembers which alert speaks of them, so that no other one does. */
async function tell(
  trx: Transaction<Schema>,
  { account, key }: OfActor,
  alertId: AlertId,
  run: readonly KeptAttempt[],
): Promise<void> {
  const times = run.map(({ attempt }) => attempt.event.time);
  await trx
    .updateTable('attempt')
    .set({ alert_id: alertId })
    .where('account', '=', account)
    .where('actor_key', '=', key)
    .where('at', '>=', Math.min(...times))
    .where('at', '<=', Math.max(...times))
    .where('alert_id', 'is', null)
    .execute();
}
