import type { Transaction } from 'kysely';
import type { AlertId } from '../domain/alert.ts';
import type { Drawing } from '../ports/messages.ts';
import { newMessage } from './message-row.ts';
import { claimPlace } from './place.ts';
import type { Schema } from './schema.ts';

/**
 * Has what isn't there yet posted under an alert's card: drawings by the ids of their messages, and the line of an
 * entry in the audit log.
 */
export async function bringToThread(
  trx: Transaction<Schema>,
  alertId: AlertId,
  { sequence, line, drawings }: { sequence: number; line: boolean; drawings: Record<string, Drawing> },
): Promise<void> {
  const { channel, version } = await claimPlace(trx, alertId);
  const wanted: Record<string, Drawing> = line
    ? { ...drawings, [`line:${sequence}`]: { of: 'line', alertId, sequence } }
    : drawings;
  const messages = Object.entries(wanted).map(([id, drawing]) =>
    newMessage(id, drawing, { channel, version, position: sequence }),
  );
  if (messages.length === 0) return;
  await trx
    .insertInto('message')
    .values(messages)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
