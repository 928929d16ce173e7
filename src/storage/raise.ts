import type { Kysely, Transaction } from 'kysely';
import type { Raised, Raising } from '../ports.ts';
import { alertOf, rowOf } from './alert-row.ts';
import { newMessage } from './message-row.ts';
import { replace } from './save.ts';
import type { Schema } from './schema.ts';
import { transact } from './transaction.ts';

/** All in one transaction, in as few statements as there are tables. */
export function raise(db: Kysely<Schema>, batch: readonly Raised[], channel: string): Promise<Raising[]> {
  return transact<Raising[]>(db, async (trx) => {
    const known = await knownKeys(trx, batch);
    const linkable = await earlierAlerts(trx, batch);
    const answers: Raising[] = [];
    const fresh: Raised[] = [];
    const joined: Joined[] = [];
    for (const raised of batch) {
      const key = keyOf(raised);
      if (known.has(key)) answers.push('known');
      else if (joinBatch(raised, fresh, joined) || (await link(trx, raised, linkable)))
        answers.push('linked');
      else {
        fresh.push({ ...raised });
        answers.push('new');
      }
      known.add(key);
    }
    const inserted = await insert(trx, fresh, channel);
    for (const { to, relation, raised } of joined) {
      await keepRecord(trx, raised, to, relation);
    }
    // Another replica may have been faster with some of them since we looked.
    let next = 0;
    return answers.map((answer) =>
      answer === 'new' && !inserted.has(fresh[next++]?.alert.id ?? '') ? 'known' : answer,
    );
  });
}

const keyOf = ({ alert }: Raised): string => `${alert.account}\0${alert.eventKey}`;

/** The indexes begin with the account: without it, a look-up reads all of one. */
const accountsOf = (batch: readonly Raised[]): string[] => [
  ...new Set(batch.map(({ alert }) => alert.account)),
];

async function knownKeys(trx: Transaction<Schema>, batch: readonly Raised[]): Promise<Set<string>> {
  if (batch.length === 0) return new Set();
  const rows = await trx
    .selectFrom('event_record')
    .select(['account', 'event_key'])
    .where('account', 'in', accountsOf(batch))
    .where(
      'event_key',
      'in',
      batch.map(({ alert }) => alert.eventKey),
    )
    .execute();
  return new Set(rows.map(({ account, event_key }) => `${account}\0${event_key}`));
}

async function insert(trx: Transaction<Schema>, fresh: Raised[], channel: string): Promise<Set<string>> {
  if (fresh.length === 0) return new Set();
  const rows = await trx
    .insertInto('alert')
    .values(fresh.map(({ alert, softKey }) => ({ ...rowOf(alert), soft_key: softKey ?? null })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  const ids = new Set(rows.map(({ id }) => id));
  const news = fresh.filter(({ alert }) => ids.has(alert.id));
  if (news.length === 0) return ids;
  await trx
    .insertInto('event_record')
    .values(news.map(({ alert, raw }) => recordRow(alert.account, alert.eventKey, alert.id, 'original', raw)))
    .execute();
  await trx
    .insertInto('entry')
    .values(
      news.map(({ alert }) => ({ alert_id: alert.id, at: alert.raisedAt, what: 'raised', facts: '{}' })),
    )
    .execute();
  await trx
    .insertInto('message')
    .values(
      news.map(({ alert: { id, eventTime } }) =>
        newMessage(`card:${id}`, { of: 'card', alertId: id }, { channel, version: 1, position: eventTime }),
      ),
    )
    .execute();
  return ids;
}

/** PostgreSQL's text takes no zero character, and a record that can't be read may hold one. */
function recordRow(account: string, eventKey: string, alertId: string, relation: string, raw: string) {
  return { account, event_key: eventKey, alert_id: alertId, relation, raw: raw.replaceAll('\0', '\uFFFD') };
}

/** Ids of stored alerts that a record of this batch may belong to, by what it would name them by. */
async function earlierAlerts(
  trx: Transaction<Schema>,
  batch: readonly Raised[],
): Promise<Map<string, string>> {
  const corrected = batch.flatMap(({ corrects }) => corrects ?? []);
  const softKeys = batch.flatMap(({ softKey }) => softKey ?? []);
  const found = new Map<string, string>();
  if (corrected.length > 0) {
    const rows = await trx
      .selectFrom('alert')
      .select(['id', 'account', 'event_key'])
      .where('account', 'in', accountsOf(batch))
      .where('event_key', 'in', corrected)
      .execute();
    for (const row of rows) found.set(`${row.account}\0corrects\0${row.event_key}`, row.id);
  }
  if (softKeys.length > 0) {
    const rows = await trx
      .selectFrom('alert')
      .select(['id', 'account', 'soft_key'])
      .where('soft_key', 'in', softKeys)
      .execute();
    for (const row of rows) found.set(`${row.account}\0soft\0${row.soft_key}`, row.id);
  }
  return found;
}

/** A correction, or a second record of the same call, joins the alert that there is; false when there is none. */
async function link(
  trx: Transaction<Schema>,
  raised: Raised,
  linkable: Map<string, string>,
): Promise<boolean> {
  const { alert, corrects, softKey, updatedFields } = raised;
  const id =
    linkable.get(`${alert.account}\0corrects\0${corrects}`) ??
    linkable.get(`${alert.account}\0soft\0${softKey}`);
  if (!id) return false;
  const row = await trx
    .selectFrom('alert')
    .select(['id', 'state'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const original = alertOf(row);
  const related = relatedOf(raised);
  const updated = { ...original, version: original.version + 1, related: [...original.related, related] };
  if (!(await replace(trx, updated)))
    throw new Error(`alert ${original.id} changed while a record was linked to it`);
  await keepRecord(trx, raised, original.id, related.relation);
  await trx
    .insertInto('entry')
    .values({
      alert_id: original.id,
      at: alert.raisedAt,
      what: related.relation === 'correction' ? 'corrected' : 'linked',
      facts: JSON.stringify({ key: alert.eventKey, ...(updatedFields && { updatedFields }) }),
    })
    .execute();
  return true;
}

interface Joined {
  raised: Raised;
  to: string;
  relation: string;
}

/** The same for a record whose original is in this very batch. */
function joinBatch(raised: Raised, fresh: Raised[], joined: Joined[]): boolean {
  const original = fresh.find((one) => one.alert.account === raised.alert.account && isSame(one, raised));
  if (!original) return false;
  const related = relatedOf(raised);
  original.alert = { ...original.alert, related: [...original.alert.related, related] };
  joined.push({ raised, to: original.alert.id, relation: related.relation });
  return true;
}

async function keepRecord(trx: Transaction<Schema>, { alert, raw }: Raised, to: string, relation: string) {
  await trx
    .insertInto('event_record')
    .values(recordRow(alert.account, alert.eventKey, to, relation, raw))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const isSame = (one: Raised, other: Raised): boolean =>
  (one.softKey !== undefined && one.softKey === other.softKey) || other.corrects === one.alert.eventKey;

function relatedOf({ alert, corrects, updatedFields }: Raised) {
  const relation: 'correction' | 'duplicate' = corrects ? 'correction' : 'duplicate';
  return { key: alert.eventKey, relation, updatedFields };
}
