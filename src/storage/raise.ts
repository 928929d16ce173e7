import type { Kysely, Transaction } from 'kysely';
import type { RelatedRecord } from '../domain/alert.ts';
import type { Raised, Raising } from '../ports/alerts.ts';
import type { NewAttempt } from '../ports/attempts.ts';
import type { NewAuditEntry } from '../ports/audit.ts';
import { alertOf, rowOf } from './alert-row.ts';
import { keepAttempts } from './attempt-row.ts';
import { append, takeTurn } from './audit/append.ts';
import { outdateCompanions } from './companions.ts';
import { type Exempted, exemptions, keepExempted } from './exempt.ts';
import { addJobs } from './job-store.ts';
import { newMessage } from './message-row.ts';
import { replace } from './save.ts';
import type { Schema } from './schema.ts';
import { newTiming } from './timing.ts';
import { transact } from './transaction.ts';

interface Page {
  batch: readonly Raised[];
  attempts?: readonly NewAttempt[];
  /** Where the cards go. */
  channel: string;
  /** When there are more new alerts, none of them gets a card yet. */
  cards?: number;
}

/**
 * All in one transaction, in as few statements as there are tables. It takes its turn first, so it sees all that
 * another replica has stored, and nobody moves an alert that a record is being linked to.
 */
export function raise(
  db: Kysely<Schema>,
  { batch, attempts = [], channel, cards }: Page,
): Promise<Raising[]> {
  return transact<Raising[]>(db, async (trx) => {
    await takeTurn(trx);
    await keepAttempts(trx, attempts);
    return raiseWithin(trx, batch, channel, cards);
  });
}

/** The same within a transaction that has taken its turn. */
export async function raiseWithin(
  trx: Transaction<Schema>,
  batch: readonly Raised[],
  channel: string,
  cards = Number.POSITIVE_INFINITY,
): Promise<Raising[]> {
  const known = await knownKeys(trx, batch);
  const linkable = await earlierAlerts(trx, batch);
  const exemptionOf = await exemptions(trx, batch);
  const answers: Raising[] = [];
  const fresh: Raised[] = [];
  const joined: Joined[] = [];
  const exempted: Exempted[] = [];
  for (const raised of batch) {
    const key = keyOf(raised);
    if (known.has(key)) answers.push('known');
    else if (joinBatch(raised, fresh, joined) || (await link(trx, raised, linkable, joined)))
      answers.push('linked');
    else answers.push(keep(raised, exemptionOf(raised), { fresh, exempted }));
    known.add(key);
  }
  const cardsWait = fresh.length > cards;
  await outdateCompanions(
    trx,
    fresh.map(({ alert }) => alert),
    cardsWait ? 'wait' : 'come',
  );
  await insert(trx, fresh, { channel, version: cardsWait ? 0 : 1 });
  for (const one of joined) await keepRecord(trx, one);
  await keepExempted(trx, exempted);
  await append(trx, [...fresh.map(raisedEntry), ...joined.map(linkedEntry), ...exempted.map(exemptedEntry)]);
  return answers;
}

/** What nobody knows yet: known behaviour, or a new alert. */
function keep(
  raised: Raised,
  exemption: Exempted | undefined,
  { fresh, exempted }: { fresh: Raised[]; exempted: Exempted[] },
): Raising {
  if (exemption) exempted.push(exemption);
  else fresh.push({ ...raised });
  return exemption ? 'exempted' : 'new';
}

const keyOf = ({ alert }: Raised): string => `${alert.account}\0${alert.eventKey}`;

/** The indexes begin with the account: without it, a look-up reads all of one. */
const accountsOf = (batch: readonly Raised[]): string[] => [
  ...new Set(batch.map(({ alert }) => alert.account)),
];

async function knownKeys(trx: Transaction<Schema>, batch: readonly Raised[]): Promise<Set<string>> {
  if (batch.length === 0) return new Set();
  const keys = batch.map(({ alert }) => alert.eventKey);
  const keysIn = (table: 'event_record' | 'exempted') =>
    trx
      .selectFrom(table)
      .select(['account', 'event_key'])
      .where('account', 'in', accountsOf(batch))
      .where('event_key', 'in', keys);
  const rows = await keysIn('event_record').union(keysIn('exempted')).execute();
  return new Set(rows.map(({ account, event_key }) => `${account}\0${event_key}`));
}

async function insert(
  trx: Transaction<Schema>,
  fresh: Raised[],
  { channel, version }: { channel: string; version: 0 | 1 },
): Promise<void> {
  if (fresh.length === 0) return;
  await trx
    .insertInto('alert')
    .values(fresh.map(({ alert, softKey }) => ({ ...rowOf(alert), soft_key: softKey ?? null })))
    .execute();
  await trx.insertInto('timing').values(fresh.map(newTiming)).execute();
  await trx
    .insertInto('event_record')
    .values(
      fresh.map(({ alert, raw }) => recordRow(alert.account, alert.eventKey, alert.id, 'original', raw)),
    )
    .execute();
  await trx
    .insertInto('message')
    .values(
      fresh.map(({ alert: { id, eventTime }, channel: own = channel }) =>
        newMessage(`card:${id}`, { of: 'card', alertId: id }, { channel: own, version, position: eventTime }),
      ),
    )
    .execute();
  await addJobs(
    trx,
    fresh.flatMap(({ jobs = [] }) => jobs),
  );
}

/** What stays known of an event when its alert is pruned one day. */
const raisedEntry = ({ alert }: Raised): NewAuditEntry => ({
  at: alert.raisedAt,
  what: 'raised',
  alertId: alert.id,
  to: alert.handling.is,
  facts: { rule: alert.ruleId, account: alert.account, event: alert.eventKey },
});

const exemptedEntry = ({ raised: { alert }, exceptionId }: Exempted): NewAuditEntry => ({
  at: alert.raisedAt,
  what: 'exempted',
  facts: { exception: exceptionId, rule: alert.ruleId, account: alert.account, event: alert.eventKey },
});

const WHAT = { correction: 'corrected', duplicate: 'linked', 'own-action': 'own-action' } as const;

const linkedEntry = ({ raised: { alert, updatedFields }, to, relation }: Joined): NewAuditEntry => ({
  at: alert.raisedAt,
  what: WHAT[relation],
  alertId: to,
  facts: { key: alert.eventKey, updatedFields },
});

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
  const requestIds = batch.flatMap(({ awsRequestId }) => awsRequestId ?? []);
  if (requestIds.length > 0) {
    const rows = await trx
      .selectFrom('own_call')
      .innerJoin('response', 'response.id', 'own_call.response_id')
      .select(['own_call.aws_request_id', 'own_call.alert_id', 'response.account'])
      .where('own_call.aws_request_id', 'in', requestIds)
      .execute();
    for (const row of rows) found.set(`${row.account}\0own\0${row.aws_request_id}`, row.alert_id);
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

interface Joined {
  raised: Raised;
  /** The alert that the record belongs to. */
  to: string;
  relation: RelatedRecord['relation'];
}

/** A correction, or a second record of the same call, joins the alert that there is; false when there is none. */
async function link(
  trx: Transaction<Schema>,
  raised: Raised,
  linkable: Map<string, string>,
  joined: Joined[],
): Promise<boolean> {
  const { alert, corrects, softKey } = raised;
  const own = linkable.get(`${alert.account}\0own\0${raised.awsRequestId}`);
  const id =
    own ??
    linkable.get(`${alert.account}\0corrects\0${corrects}`) ??
    linkable.get(`${alert.account}\0soft\0${softKey}`);
  if (!id) return false;
  const relation = own ? 'own-action' : relationOf(raised);
  const row = await trx
    .selectFrom('alert')
    .select(['id', 'state'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const original = alertOf(row);
  const related = [...original.related, relatedOf(raised, relation)];
  if (!(await replace(trx, { ...original, version: original.version + 1, related })))
    throw new Error(`alert ${original.id} changed while a record was linked to it`);
  joined.push({ raised, to: id, relation });
  return true;
}

/** The same for a record whose original is in this very batch. */
function joinBatch(raised: Raised, fresh: Raised[], joined: Joined[]): boolean {
  const original = fresh.find((one) => one.alert.account === raised.alert.account && isSame(one, raised));
  if (!original) return false;
  const relation = relationOf(raised);
  original.alert = { ...original.alert, related: [...original.alert.related, relatedOf(raised, relation)] };
  joined.push({ raised, to: original.alert.id, relation });
  return true;
}

async function keepRecord(trx: Transaction<Schema>, { raised, to, relation }: Joined): Promise<void> {
  const { alert, raw } = raised;
  await trx
    .insertInto('event_record')
    .values(recordRow(alert.account, alert.eventKey, to, relation, raw))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const isSame = (one: Raised, other: Raised): boolean =>
  (one.softKey !== undefined && one.softKey === other.softKey) || other.corrects === one.alert.eventKey;

const relationOf = ({ corrects }: Raised): RelatedRecord['relation'] =>
  corrects ? 'correction' : 'duplicate';

function relatedOf({ alert, updatedFields }: Raised, relation: RelatedRecord['relation']): RelatedRecord {
  return { key: alert.eventKey, relation, updatedFields };
}
