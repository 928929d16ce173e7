import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Job, JobStore, NewJob } from '../ports/jobs.ts';
import { endOf, FREE, isFree, TOO_LONG } from './lease.ts';
import type { JobTable, Schema } from './schema.ts';
import { storable } from './text.ts';

const CALM = { failures: 0, last_failure: null };

export function jobStore(db: Kysely<Schema>): JobStore {
  return {
    add: (job) => addJobs(db, [job]),

    async claim({ kinds, prompt = [], limit, holder, now, leaseMs }) {
      if (kinds.length === 0) return [];
      const due = await db
        .selectFrom('job')
        .select('id')
        .where('kind', 'in', kinds)
        .where(isDue(prompt, now))
        .where(isFree(db, 'lease_until'))
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      const claimed: Selectable<JobTable>[] = [];
      for (const { id } of due) {
        // The condition again, in the update itself: of two replicas that saw it free, one gets it.
        const row = await db
          .updateTable('job')
          .set({ holder, lease_until: endOf(db, leaseMs) })
          .where('id', '=', id)
          .where(isDue(prompt, now))
          .where(isFree(db, 'lease_until'))
          .returningAll()
          .executeTakeFirst();
        if (row) claimed.push(row);
      }
      return claimed.map(jobOf);
    },

    async extend(id, holder, leaseMs) {
      const row = await db
        .updateTable('job')
        .set({ lease_until: endOf(db, leaseMs) })
        .where('id', '=', id)
        .where('holder', '=', holder)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async finish(id, holder) {
      const gone = await db
        .deleteFrom('job')
        .where('id', '=', id)
        .where('holder', '=', holder)
        .where('again_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (gone) return true;
      const again = await db
        .updateTable('job')
        .set({ due_at: sql<number>`coalesce(again_at, due_at)`, again_at: null, ...CALM, ...FREE })
        .where('id', '=', id)
        .where('holder', '=', holder)
        .returning('id')
        .executeTakeFirst();
      return again !== undefined;
    },

    async later(id, holder, { dueAt, failure }) {
      const failed = { failures: sql<number>`failures + 1`, last_failure: failure && storable(failure) };
      const row = await db
        .updateTable('job')
        .set({
          due_at: sql<number>`case when again_at < ${dueAt} then again_at else ${dueAt} end`,
          again_at: null,
          ...FREE,
        })
        .set(failure === undefined ? CALM : failed)
        .where('id', '=', id)
        .where('holder', '=', holder)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async due(now) {
      const { count } = await db
        .selectFrom('job')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('due_at', '<=', now)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

/**
 * Adds jobs inside of the transaction that they follow from. One that is known becomes due at the earlier of both
 * times; one that somebody is at is done once more after that, since he may have looked before what brought it.
 */
export async function addJobs(trx: Kysely<Schema>, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length > 0) {
    await trx
      .insertInto('job')
      .values(jobs.map(({ id, kind, subject, dueAt }) => ({ id, kind, subject, due_at: dueAt, failures: 0 })))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          due_at: sql<number>`case when job.holder is null and excluded.due_at < job.due_at
            then excluded.due_at else job.due_at end`,
          again_at: sql<number | null>`case when job.holder is null or job.again_at < excluded.due_at
            then job.again_at else excluded.due_at end`,
        }),
      )
      .execute();
  }
}

const isDue =
  (prompt: readonly string[], now: Instant) =>
  ({ or, and, eb }: ExpressionBuilder<Schema, 'job'>) => {
    const due = eb('due_at', '<=', now);
    return prompt.length === 0
      ? due
      : or([due, and([eb('kind', 'in', prompt), eb('due_at', '>', now + TOO_LONG)])]);
  };

const jobOf = ({ id, kind, subject, due_at, failures }: Selectable<JobTable>): Job => ({
  id,
  kind,
  subject,
  dueAt: due_at,
  failures,
});
