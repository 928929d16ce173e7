import { type ExpressionBuilder, type Kysely, sql, type Transaction } from 'kysely';
import type { Message, MessageStore, Shown } from '../ports/messages.ts';
import { takeTurn } from './audit/append.ts';
import { leadTo } from './companions.ts';
import { addJobs } from './job-store.ts';
import { endOf, FREE, isFree, TOO_LONG } from './lease.ts';
import { messageOf, newMessage } from './message-row.ts';
import { wantCard } from './place.ts';
import type { MessageTable, Schema } from './schema.ts';
import { storable } from './text.ts';
import { transact } from './transaction.ts';

const CALM = { tried_at: null, failures: 0, last_failure: null, retry_at: 0 };

export function messageStore(db: Kysely<Schema>): MessageStore {
  /** Only who holds a message writes what became of it: who hung and lost it comes too late. */
  const held = (id: string, holder: string, within: Kysely<Schema> = db) =>
    within.updateTable('message').where('id', '=', id).where('holder', '=', holder);

  const show = async (id: string, holder: string, { channel, ts, version, at }: Shown, within = db) => {
    const row = await held(id, holder, within)
      .set({ channel, ts, ...CALM, ...FREE })
      .set({
        shown_version: sql<number>`case when shown_version > ${version} then shown_version else ${version} end`,
        shown_at: sql<number>`coalesce(shown_at, ${at})`,
      })
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  };

  return {
    async claim({ limit, holder, now, leaseMs, notPosted = [], notUpdated = [] }) {
      const due = await dueMessages(db, { limit, now, notPosted, notUpdated });
      const claimed: Message[] = [];
      for (const { id, holder: before } of due) {
        // The condition again, in the update itself: of two replicas that saw it free, one gets it.
        const row = await db
          .updateTable('message')
          .set({ holder, lease_until: endOf(db, leaseMs) })
          .where('id', '=', id)
          .whereRef('shown_version', '<', 'wanted_version')
          .where(isFree(db, 'lease_until'))
          .returningAll()
          .executeTakeFirst();
        if (row) claimed.push({ ...messageOf(row), ...(before !== null && { interrupted: true }) });
      }
      return claimed;
    },

    async trying(id, holder, at, leaseMs) {
      const row = await held(id, holder)
        .set({ tried_at: sql<number>`coalesce(tried_at, ${at})`, lease_until: endOf(db, leaseMs) })
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    shown(id, holder, shown) {
      const { newCardOf } = shown;
      if (newCardOf === undefined) return show(id, holder, shown);
      return transact(db, async (trx) => {
        // First, as all do that write to many rows: two of them then can't wait for each other.
        await takeTurn(trx);
        const ours = await show(id, holder, shown, trx);
        if (ours) await leadTo(trx, newCardOf);
        return ours;
      });
    },

    async postpone(id, holder, { retryAt, failure, sent }) {
      const row = await held(id, holder)
        .set({ retry_at: retryAt, ...FREE, ...(sent ? {} : { tried_at: null }) })
        .$if(failure !== undefined, (update) =>
          update.set({ failures: sql<number>`failures + 1`, last_failure: failure && storable(failure) }),
        )
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    redirect(id, holder, channel) {
      return transact(db, async (trx) => {
        const row = await trx
          .selectFrom('message')
          .select(['alert_id', 'kind'])
          .where('id', '=', id)
          .where('holder', '=', holder)
          .executeTakeFirst();
        if (!row) return false;
        if (row.kind === 'copy') await trx.deleteFrom('message').where('id', '=', id).execute();
        else await redirectAll(trx, id, row.alert_id, channel);
        return true;
      });
    },

    async find(id) {
      const row = await db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();
      return row && messageOf(row);
    },

    async redraw(id) {
      await db
        .updateTable('message')
        .set({ wanted_version: sql<number>`wanted_version + 1` })
        .where('id', '=', id)
        .execute();
    },

    wantCard(alertId, owed) {
      return transact(db, async (trx) => {
        await takeTurn(trx);
        const wanted = await wantCard(trx, alertId);
        if (wanted) await addJobs(trx, owed);
        return wanted;
      });
    },

    async cardOf(alertId) {
      const row = await db
        .selectFrom('message')
        .selectAll()
        .where('alert_id', '=', alertId)
        .where('kind', '=', 'card')
        .executeTakeFirst();
      return row && messageOf(row);
    },

    async notify(id, channel, notice, at) {
      await db
        .insertInto('message')
        .values(newMessage(id, { of: 'notice', notice }, { channel, version: 1, position: at }))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },

    async behind() {
      const { count } = await db
        .selectFrom('message')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('shown_version', '<', 'wanted_version')
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

type Aliased = Schema & { m: MessageTable };

/** A message that is in nobody's hands now, and what else of its alert isn't posted. Questions have a channel of their own. */
async function redirectAll(
  trx: Transaction<Schema>,
  id: string,
  alertId: string | null,
  channel: string,
): Promise<void> {
  await trx
    .updateTable('message')
    .set({ channel, ...CALM, ...FREE })
    .where('id', '=', id)
    .execute();
  if (alertId === null) return;
  await trx
    .updateTable('message')
    .set({ channel })
    .where('alert_id', '=', alertId)
    .where('ts', 'is', null)
    .where('kind', 'not in', ['copy', 'question'])
    .execute();
}

interface Due {
  limit: number;
  now: number;
  notPosted: readonly string[];
  notUpdated: readonly string[] | 'any';
}

/**
 * What may be drawn now: what is to be updated first, then what is to be posted, each in the order of its own index,
 * so that nobody has to look at all that waits.
 */
async function dueMessages(db: Kysely<Schema>, { limit, now, notPosted, notUpdated }: Due) {
  const behind = (query: 'ts is null' | 'ts is not null') =>
    db
      .selectFrom('message as m')
      .select(['m.id', 'm.holder'])
      .whereRef('m.shown_version', '<', 'm.wanted_version')
      .where('m.ts', query === 'ts is null' ? 'is' : 'is not', null)
      .where(({ or, eb }) => or([eb('m.retry_at', '<=', now), eb('m.retry_at', '>', now + TOO_LONG)]))
      .where(isFree(db, 'm.lease_until'));
  const updates =
    notUpdated === 'any'
      ? []
      : await behind('ts is not null')
          .where(noneOf('m.channel', notUpdated))
          .orderBy('m.position')
          .orderBy('m.id')
          .limit(limit)
          .execute();
  if (updates.length === limit) return updates;
  const posts = await behind('ts is null')
    .where(noneOf('m.channel', notPosted))
    .where(hasPlace)
    .orderBy('m.urgency')
    .orderBy('m.position')
    .orderBy('m.id')
    .limit(limit - updates.length)
    .execute();
  return [...updates, ...posts];
}

/** In a thread only under what is posted, and an alert's lines one after the other. */
function hasPlace({ or, eb, exists, not, and, selectFrom }: ExpressionBuilder<Aliased, 'm'>) {
  const posted = selectFrom('message as c').select('c.id').where('c.ts', 'is not', null);
  const earlierLine = selectFrom('message as l')
    .select('l.id')
    .where('l.kind', '=', 'line')
    .whereRef('l.alert_id', '=', 'm.alert_id')
    .whereRef('l.position', '<', 'm.position')
    .whereRef('l.shown_version', '<', 'l.wanted_version')
    .where('l.shown_version', '=', 0);
  return or([
    eb('m.kind', 'in', ['card', 'copy', 'notice', 'question', 'digest']),
    and([
      eb('m.kind', '=', 'digest-file'),
      exists(posted.where('c.id', '=', sql<string>`'digest:' || substr(m.id, length('digest-file:') + 1)`)),
    ]),
    and([
      exists(posted.whereRef('c.alert_id', '=', 'm.alert_id').where('c.kind', '=', 'card')),
      or([eb('m.kind', '!=', 'line'), not(exists(earlierLine))]),
    ]),
  ]);
}

const noneOf = (column: string, values: readonly string[]) =>
  values.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`${sql.ref(column)} not in (${sql.join(values)})`;
