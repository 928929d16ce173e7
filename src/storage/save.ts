import { type Kysely, sql, type Transaction } from 'kysely';
import type { Alert, AlertId } from '../domain/alert.ts';
import { PHASES } from '../domain/guide.ts';
import type { Deed, Saving } from '../ports.ts';
import { rowOf } from './alert-row.ts';
import { append } from './audit/append.ts';
import { addJobs } from './job-store.ts';
import { newMessage } from './message-row.ts';
import type { Schema } from './schema.ts';
import { transact } from './transaction.ts';

/** The change, its entry in the audit log, its line in the thread, and the drawings it outdates: all or none. */
export function save(
  db: Kysely<Schema>,
  alert: Alert,
  { act, by, at, key, line = true, jobs = [] }: Deed,
): Promise<Saving> {
  return transact<Saving>(db, async (trx, giveUp) => {
    const { do: what, ...facts } = act;
    const before = await trx
      .selectFrom('alert')
      .select('handling')
      .where('id', '=', alert.id)
      .executeTakeFirst();
    const states = { from: before?.handling, to: alert.handling.is };
    const sequences = await append(trx, [{ at, by, what, alertId: alert.id, ...states, facts, key }]);
    if (sequences === 'repeated') return giveUp('repeated');
    if (!(await replace(trx, alert))) return giveUp('moved-on');
    const card = await trx
      .selectFrom('message')
      .select('channel')
      .where('alert_id', '=', alert.id)
      .where('kind', '=', 'card')
      .executeTakeFirstOrThrow();
    const { channel } = card;
    const messages = (line ? sequences : []).map((sequence) =>
      newMessage(
        `line:${sequence}`,
        { of: 'line', alertId: alert.id, sequence },
        { channel, version: 1, position: sequence },
      ),
    );
    await addJobs(trx, jobs);
    if (what === 'open-guide') {
      for (const [position, phase] of PHASES.entries()) {
        const drawing = { of: 'guide', alertId: alert.id, phase } as const;
        messages.push(newMessage(`guide:${alert.id}:${phase}`, drawing, { channel, version: 1, position }));
      }
    }
    if (messages.length > 0) {
      await trx
        .insertInto('message')
        .values(messages)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    }
    return 'saved';
  });
}

/** Writes over the version before, and asks for new drawings; false when somebody else has moved the alert. */
export async function replace(trx: Transaction<Schema>, alert: Alert): Promise<boolean> {
  const updated = await trx
    .updateTable('alert')
    .set(rowOf(alert))
    .where('id', '=', alert.id)
    .where('version', '=', alert.version - 1)
    .returning('id')
    .executeTakeFirst();
  if (!updated) return false;
  await outdate(trx, alert.id);
  return true;
}

/** Asks for all that shows an alert to be drawn anew, since something that it shows has changed. */
export async function outdate(trx: Transaction<Schema>, alertId: AlertId): Promise<void> {
  await trx
    .updateTable('message')
    .set({ wanted_version: sql<number>`wanted_version + 1` })
    .where('alert_id', '=', alertId)
    .where('kind', 'in', ['card', 'guide', 'request', 'runbook'])
    .execute();
}
