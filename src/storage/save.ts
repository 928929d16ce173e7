import { type Kysely, sql, type Transaction } from 'kysely';
import type { Alert, AlertId } from '../domain/alert.ts';
import { PHASES } from '../domain/guide.ts';
import type { Deed, Saving } from '../ports/alerts.ts';
import { redrawDigest } from '../ports/bursts.ts';
import { rowOf } from './alert-row.ts';
import { append } from './audit/append.ts';
import { addJobs } from './job-store.ts';
import { newMessage } from './message-row.ts';
import { claimPlace, placeOf } from './place.ts';
import type { Schema } from './schema.ts';
import { keepTiming } from './timing.ts';
import { transact } from './transaction.ts';

/** The change, its entry in the audit log, its line in the thread, and the drawings it outdates: all or none. */
export function save(
  db: Kysely<Schema>,
  alert: Alert,
  { act, by, at, key, line = true, jobs = [], showIn }: Deed,
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
    const place = await (by ? claimPlace(trx, alert.id) : placeOf(trx, alert.id));
    const { version, digest } = place;
    const channel = showIn === undefined ? place.channel : await belong(trx, alert.id, showIn);
    const messages = (line ? sequences : []).map((sequence) =>
      newMessage(
        `line:${sequence}`,
        { of: 'line', alertId: alert.id, sequence },
        { channel, version, position: sequence },
      ),
    );
    if (what === 'open-guide') {
      for (const [position, phase] of PHASES.entries()) {
        const drawing = { of: 'guide', alertId: alert.id, phase } as const;
        messages.push(newMessage(`guide:${alert.id}:${phase}`, drawing, { channel, version, position }));
      }
    }
    await addJobs(trx, digest === undefined ? jobs : [...jobs, redrawDigest(digest, at)]);
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

/** Has an alert that belongs to another channel now shown there, too; where nothing is posted yet, only there. */
async function belong(trx: Transaction<Schema>, alertId: AlertId, channel: string): Promise<string> {
  const card = await trx
    .selectFrom('message')
    .select(['channel', 'ts', 'tried_at', 'holder', 'position'])
    .where('alert_id', '=', alertId)
    .where('kind', '=', 'card')
    .executeTakeFirstOrThrow();
  if (card.channel === channel) return channel;
  if (card.ts === null && card.tried_at === null && card.holder === null) {
    await trx
      .updateTable('message')
      .set({ channel })
      .where('alert_id', '=', alertId)
      .where('ts', 'is', null)
      .where('kind', '!=', 'question')
      .execute();
    return channel;
  }
  await trx
    .insertInto('message')
    .values(
      newMessage(
        `copy:${alertId}:${channel}`,
        { of: 'copy', alertId },
        { channel, version: 1, position: card.position },
      ),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return card.channel;
}

/** Writes over the version before, with its times, and asks for new drawings; false when somebody else has moved the alert. */
export async function replace(trx: Transaction<Schema>, alert: Alert): Promise<boolean> {
  const updated = await trx
    .updateTable('alert')
    .set(rowOf(alert))
    .where('id', '=', alert.id)
    .where('version', '=', alert.version - 1)
    .returning('id')
    .executeTakeFirst();
  if (!updated) return false;
  await keepTiming(trx, alert);
  await outdate(trx, alert.id);
  return true;
}

/** Asks for all that shows an alert to be drawn anew, since something that it shows has changed. */
export async function outdate(trx: Transaction<Schema>, alertId: AlertId): Promise<void> {
  await trx
    .updateTable('message')
    .set({ wanted_version: sql<number>`wanted_version + 1` })
    .where('alert_id', '=', alertId)
    .where('kind', 'in', ['card', 'copy', 'guide', 'request', 'runbook'])
    // A card that stands in a digest isn't drawn.
    .where('wanted_version', '>', 0)
    .execute();
}
