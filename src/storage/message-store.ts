import { type Kysely, type Selectable, sql } from 'kysely';
import type { MessageStore } from '../ports.ts';
import { messageOf, newMessage } from './message-row.ts';
import type { MessageTable, Schema } from './schema.ts';
import { storable } from './text.ts';

const FREE = { holder: null, lease_until: null };

export function messageStore(db: Kysely<Schema>): MessageStore {
  return {
    async claim({ channel, limit, holder, now, until }) {
      const due = await dueMessages(db, { channel, limit, now });
      const claimed: Selectable<MessageTable>[] = [];
      for (const { id } of due) {
        // The condition again, in the update itself: of two replicas that saw it free, one gets it.
        const row = await db
          .updateTable('message')
          .set({ holder, lease_until: until })
          .where('id', '=', id)
          .whereRef('shown_version', '<', 'wanted_version')
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
          .returningAll()
          .executeTakeFirst();
        if (row) claimed.push(row);
      }
      return claimed.map(messageOf);
    },

    async trying(id, holder, at) {
      const row = await db
        .updateTable('message')
        .set({ tried_at: sql<number>`coalesce(tried_at, ${at})` })
        .where('id', '=', id)
        .where('holder', '=', holder)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async shown(id, { channel, ts, version }) {
      const row = await db
        .selectFrom('message')
        .select('shown_version')
        .where('id', '=', id)
        .executeTakeFirst();
      const shown = Math.max(version, row?.shown_version ?? 0);
      const calm = { tried_at: null, failures: 0, last_failure: null, retry_at: 0 };
      await db
        .updateTable('message')
        .set({ channel, ts, shown_version: shown, ...calm, ...FREE })
        .where('id', '=', id)
        .execute();
    },

    async postpone(id, { retryAt, failure, sent }) {
      await db
        .updateTable('message')
        .set({ retry_at: retryAt, ...FREE, ...(sent ? {} : { tried_at: null }) })
        .$if(failure !== undefined, (update) =>
          update.set({ failures: sql<number>`failures + 1`, last_failure: failure && storable(failure) }),
        )
        .where('id', '=', id)
        .execute();
    },

    async release(holder) {
      await db.updateTable('message').set(FREE).where('holder', '=', holder).execute();
    },

    async find(id) {
      const row = await db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();
      return row && messageOf(row);
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

/** What may be drawn now: in a thread only under a posted card, and an alert's lines one after the other. */
function dueMessages(
  db: Kysely<Schema>,
  { channel, limit, now }: { channel?: string; limit: number; now: number },
) {
  return db
    .selectFrom('message as m')
    .select('m.id')
    .whereRef('m.shown_version', '<', 'm.wanted_version')
    .where('m.retry_at', '<=', now)
    .where((where) => where.or([where('m.lease_until', 'is', null), where('m.lease_until', '<', now)]))
    .$if(channel !== undefined, (query) => query.where('m.channel', '=', channel ?? ''))
    .where(({ or, eb, exists, not, and, selectFrom }) =>
      or([
        eb('m.kind', 'in', ['card', 'notice']),
        and([
          exists(
            selectFrom('message as c')
              .select('c.id')
              .whereRef('c.alert_id', '=', 'm.alert_id')
              .where('c.kind', '=', 'card')
              .where('c.ts', 'is not', null),
          ),
          not(
            exists(
              selectFrom('message as l')
                .select('l.id')
                .where('m.kind', '=', 'line')
                .where('l.kind', '=', 'line')
                .whereRef('l.alert_id', '=', 'm.alert_id')
                .whereRef('l.position', '<', 'm.position')
                .where('l.shown_version', '=', 0),
            ),
          ),
        ]),
      ]),
    )
    .orderBy(sql`case when m.ts is null then m.urgency else 0 end`)
    .orderBy('m.position')
    .orderBy('m.id')
    .limit(limit)
    .execute();
}
