import type { Kysely, Transaction } from 'kysely';
import type { ResponseRequest } from '../domain/response/request.ts';
import type { Saving } from '../ports/alerts.ts';
import type { ResponseChange, ResponseStore } from '../ports/responses.ts';
import { lower } from './alert-row.ts';
import { append } from './audit/append.ts';
import { addJobs } from './job-store.ts';
import { newMessage } from './message-row.ts';
import { claimPlace } from './place.ts';
import { requestOf, rowOfRequest } from './response-row.ts';
import { outdate } from './save.ts';
import type { Schema } from './schema.ts';
import { keepContained } from './timing.ts';
import { transact } from './transaction.ts';

export function responseStore(db: Kysely<Schema>): ResponseStore {
  return {
    open: (request, change) =>
      transact<Saving>(db, async (trx, giveUp) => {
        const sequence = await record(trx, change);
        if (sequence === 'repeated') return giveUp('repeated');
        await trx.insertInto('response').values(rowOfRequest(request)).execute();
        await bring(trx, request, change, sequence);
        return 'saved';
      }),

    save: (request, change) =>
      transact<Saving>(db, async (trx, giveUp) => {
        const sequence = await record(trx, change);
        if (sequence === 'repeated') return giveUp('repeated');
        const updated = await trx
          .updateTable('response')
          .set(rowOfRequest(request))
          .where('id', '=', request.id)
          .where('version', '=', request.version - 1)
          .returning('id')
          .executeTakeFirst();
        if (!updated) return giveUp('moved-on');
        await bring(trx, request, change, sequence);
        return 'saved';
      }),

    async find(id) {
      const row = await db
        .selectFrom('response')
        .select(['id', 'state'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && requestOf(row);
    },

    async ofAlert(alertId) {
      const rows = await db
        .selectFrom('response')
        .select(['id', 'state'])
        .where('alert_id', '=', alertId)
        .orderBy('asked_at')
        .orderBy('id')
        .execute();
      return rows.map(requestOf);
    },

    async pending(now, limit) {
      const waiting = db.selectFrom('response').where('pending_until', '>', now);
      const { total } = await waiting
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await waiting
        .select(['id', 'state'])
        .orderBy('pending_until')
        .orderBy('id')
        .limit(limit)
        .execute();
      return { requests: rows.map(requestOf), total: Number(total) };
    },

    async liveOn(account, target) {
      const rows = await db
        .selectFrom('response')
        .select(['id', 'state'])
        .where('account', '=', account)
        .where('target_lower', '=', lower(target) ?? '')
        .where('live', '=', 1)
        .orderBy('asked_at')
        .execute();
      return rows.map(requestOf);
    },
  };
}

async function record(trx: Transaction<Schema>, { entry }: ResponseChange): Promise<number | 'repeated'> {
  const sequences = await append(trx, [entry]);
  return sequences === 'repeated' ? 'repeated' : (sequences[0] ?? 0);
}

/** Everything that follows from a change: its jobs, its line, its drawings, and the id by which AWS will name it. */
async function bring(
  trx: Transaction<Schema>,
  request: ResponseRequest,
  { entry: { at }, line, jobs = [], awsRequestId }: ResponseChange,
  sequence: number,
): Promise<void> {
  const { id, alertId } = request;
  const { channel, version } = await claimPlace(trx, alertId);
  const messages = [
    newMessage(
      `request:${id}`,
      { of: 'request', alertId, requestId: id },
      { channel, version, position: sequence },
    ),
    ...((request.mode === 'request' && request.steps.length > 0) || request.state.is === 'stopped'
      ? [
          newMessage(
            `runbook:${id}`,
            { of: 'runbook', alertId, requestId: id },
            { channel, version, position: sequence },
          ),
        ]
      : []),
    ...(line
      ? [
          newMessage(
            `line:${sequence}`,
            { of: 'line', alertId, sequence },
            { channel, version, position: sequence },
          ),
        ]
      : []),
  ];
  await trx
    .insertInto('message')
    .values(messages)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await outdate(trx, alertId);
  await keepContained(trx, request, at);
  if (jobs.length > 0) await addJobs(trx, jobs);
  if (awsRequestId !== undefined) {
    await trx
      .insertInto('own_call')
      .values({ aws_request_id: awsRequestId, response_id: id, alert_id: alertId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
