import type { Selectable } from 'kysely';
import type { Message } from '../../src/standins/slack/types.ts';
import { verify } from '../../src/storage/audit/verify.ts';
import { walk } from '../../src/storage/audit/walk.ts';
import type { AlertTable, MessageTable } from '../../src/storage/schema.ts';
import type { Press } from './crowd.ts';
import type { Happened } from './events.ts';
import { CHANNEL, type Stage } from './stage.ts';

/** What AWS holds, what the database holds and what Slack shows, held against each other. */
export interface Verdict {
  alerts: number;
  cards: number;
  /** Alerts that came with many others, and stand in a digest. */
  digested: number;
  lost: number;
  duplicateAlerts: number;
  duplicateCards: number;
  staleCards: number;
  doubleEffects: number;
  /** All that is wrong, in words. */
  problems: string[];
}

/** Everything that is compared; the alerts by what they are about: a user, or the mark of a broken record. */
interface Held {
  alerts: Selectable<AlertTable>[];
  /** Alert of each record, by the record's key, and by the mark in its text. */
  alertOf: Map<string, string>;
  messages: Selectable<MessageTable>[];
  shown: Message[];
  /** Ids of alerts that stand in a digest, in Slack and in the file under it. */
  digested: Set<string>;
}

export async function judge(stage: Stage, happened: Happened, presses: readonly Press[]): Promise<Verdict> {
  const held = await gather(stage, happened);
  const found = {
    lost: lost(held, happened),
    duplicateAlerts: duplicateAlerts(held),
    duplicateCards: duplicateMessages(held),
    staleCards: stale(held),
    doubleEffects: [...doubleWrites(stage), ...(await doubleActs(stage, presses))],
  };
  const chain = await brokenChain(stage);
  const cards = held.messages.filter(({ kind }) => kind === 'card').map(({ id }) => id);
  return {
    alerts: held.alerts.length,
    cards: held.shown.filter((one) => cards.includes(idOf(one))).length,
    digested: held.digested.size,
    lost: found.lost.length,
    duplicateAlerts: found.duplicateAlerts.length,
    duplicateCards: found.duplicateCards.length,
    staleCards: found.staleCards.length,
    doubleEffects: found.doubleEffects.length,
    problems: [...Object.values(found).flat(), ...chain],
  };
}

async function gather(stage: Stage, { broken }: Happened): Promise<Held> {
  const db = stage.peek();
  const records = await db.selectFrom('event_record').select(['event_key', 'alert_id', 'raw']).execute();
  const alertOf = new Map(records.map(({ event_key, alert_id }) => [event_key, alert_id]));
  for (const { raw, alert_id } of records) {
    const mark = /^\{"(broken-\d+)"/.exec(raw)?.[1];
    if (mark && broken.includes(mark)) alertOf.set(mark, alert_id);
  }
  const messages = await db.selectFrom('message').selectAll().execute();
  const shown = stage.slack.messages(CHANNEL);
  return {
    alertOf,
    alerts: await db.selectFrom('alert').selectAll().execute(),
    messages,
    shown,
    digested: digestedIn(stage, messages, shown),
  };
}

const idOf = ({ metadata }: Message): string => String(metadata?.event_payload.id ?? '');

/** Messages by what their rows know them by: the time, or the id of the file, since an upload tells no time. */
const byTs = (shown: readonly Message[]): Map<string, Message> =>
  new Map(shown.flatMap((one) => [one.ts, ...(one.files ?? [])].map((key) => [key, one] as const)));

/** Too many at once have no cards of their own: each must be named in the file of its digest. */
function digestedIn(
  { slack }: Stage,
  messages: readonly Selectable<MessageTable>[],
  shown: readonly Message[],
): Set<string> {
  const inSlack = byTs(shown);
  const of = (id: string): Message | undefined =>
    inSlack.get(messages.find((one) => one.id === id)?.ts ?? '');
  const named = new Map<string, string>();
  const digested = new Set<string>();
  for (const { kind, alert_id, digest, wanted_version } of messages) {
    if (kind !== 'card' || digest === null || alert_id === null || wanted_version > 0) continue;
    const [file = ''] = of(`digest-file:${digest}`)?.files ?? [];
    if (!named.has(digest)) named.set(digest, String(slack.file(file)?.bytes ?? ''));
    if (of(`digest:${digest}`) && named.get(digest)?.includes(alert_id)) digested.add(alert_id);
  }
  return digested;
}

function lost({ alertOf, messages, shown, digested }: Held, { additions, broken }: Happened): string[] {
  const cards = new Map(messages.flatMap((one) => (one.kind === 'card' ? [[one.alert_id, one]] : [])));
  const inSlack = new Map(shown.map((one) => [one.ts, idOf(one)]));
  return [...additions.keys(), ...broken].flatMap((key) => {
    const alertId = alertOf.get(key);
    const what = additions.get(key) ?? key;
    if (!alertId) return [`lost: ${what} has no alert`];
    if (digested.has(alertId)) return [];
    const card = cards.get(alertId);
    const there = card?.ts && inSlack.get(card.ts) === card.id;
    return there ? [] : [`lost: ${what} has the alert ${alertId}, and no card in Slack`];
  });
}

function duplicateAlerts({ alerts, alertOf }: Held): string[] {
  const owners = new Map<string, string>();
  const explained = new Set(alertOf.values());
  return alerts.flatMap(({ id, subject_lower: user }) => {
    const other = user === null ? undefined : owners.get(user);
    if (user !== null) owners.set(user, id);
    if (other) return [`double: ${user} has the alerts ${other} and ${id}`];
    return explained.has(id) ? [] : [`double: the alert ${id} belongs to no event`];
  });
}

/** Of every kind: cards, guides, lines, requests, notices, and files, which carry no id. */
function duplicateMessages({ messages, shown }: Held): string[] {
  const rows = new Map(messages.map((one) => [one.id, one]));
  const known = new Set(messages.map(({ ts }) => ts));
  return shown.flatMap((one) => {
    const id = idOf(one);
    const isOurs = one.files
      ? [one.ts, ...one.files].some((key) => known.has(key))
      : rows.get(id)?.ts === one.ts;
    return isOurs ? [] : [`double: ${id || one.files || one.text} at ${one.ts} is not the row's message`];
  });
}

/** These carry their version at the end of their blocks' ids. */
const VERSIONED = ['card', 'guide', 'request', 'runbook', 'exception', 'question', 'digest'];

function stale({ messages, shown, alerts }: Held): string[] {
  const inSlack = byTs(shown);
  const handlings = new Map(alerts.map(({ id, handling }) => [id, handling]));
  return messages.flatMap(({ id, kind, ts, wanted_version: wanted, shown_version, alert_id }) => {
    // It waits under a card that nobody has asked for.
    if (wanted === 0) return [];
    if (shown_version < wanted) return [`stale: ${id} shows version ${shown_version} of ${wanted}`];
    const one = inSlack.get(ts ?? '');
    if (!one) return kind === 'card' ? [] : [`stale: ${id} is not in Slack`];
    const block = String(one.blocks[0]?.block_id ?? '');
    if (VERSIONED.includes(kind) && !block.endsWith(`.${wanted}`))
      return [`stale: ${id} shows ${block}, and its row wants ${wanted}`];
    const handling = handlings.get(alert_id ?? '') ?? 'open';
    const says = /^[^:]*\((acknowledged|resolved)\)/.exec(one.text)?.[1] ?? 'open';
    return kind === 'card' && says !== handling ? [`stale: ${id} says ${says}, and is ${handling}`] : [];
  });
}

const INVERSE: Record<string, string> = {
  AttachUserPolicy: 'DetachUserPolicy',
  DetachUserPolicy: 'AttachUserPolicy',
  PutUserPolicy: 'DeleteUserPolicy',
  DeleteUserPolicy: 'PutUserPolicy',
};

/** A write that was done, undone, and done once more. One that is sent again while it stands changes nothing in IAM. */
function doubleWrites({ aws }: Stage): string[] {
  const done = new Set<string>();
  const standing = new Map<string, string>();
  return aws.calls.flatMap(({ name, parameters, outcome }) => {
    const action = name.replace('iam:', '');
    if (outcome !== 'ok' && outcome !== 'drop-reply') return [];
    const inverse = inverseOf(action, parameters);
    if (!inverse) return [];
    const write = keyOf(action, parameters);
    const pair = [write, inverse].toSorted().join();
    const twice = done.has(write) && standing.get(pair) !== write;
    done.add(write);
    standing.set(pair, write);
    return twice ? [`double: ${write} was done again after it was undone`] : [];
  });
}

function inverseOf(action: string, parameters: object): string | undefined {
  const named = INVERSE[action];
  if (named) return keyOf(named, parameters);
  if (!action.startsWith('Update') || !('Status' in parameters)) return undefined;
  return keyOf(action, { ...parameters, Status: parameters.Status === 'Active' ? 'Inactive' : 'Active' });
}

/** Without what one of the two alone carries. */
function keyOf(action: string, parameters: object): string {
  const entries = Object.entries(parameters).filter(
    ([key]) => !['Action', 'Version', 'PolicyDocument'].includes(key),
  );
  return `${action} ${JSON.stringify(Object.fromEntries(entries))}`;
}

/** Nobody has more on record about an alert than they pressed. */
async function doubleActs(stage: Stage, presses: readonly Press[]): Promise<string[]> {
  const rows = await stage
    .peek()
    .selectFrom('audit')
    .select(['by', 'alert_id'])
    .where('by', 'in', [...new Set(presses.map(({ by }) => by)), ''])
    .where('what', '!=', 'denied')
    .execute();
  const tally = (of: { by: string | null; alert: string | null }[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { by, alert } of of)
      counts.set(`${by} on ${alert}`, (counts.get(`${by} on ${alert}`) ?? 0) + 1);
    return counts;
  };
  const pressed = tally(presses.map(({ by, alertId }) => ({ by, alert: alertId })));
  const recorded = tally(rows.map(({ by, alert_id }) => ({ by, alert: alert_id })));
  return [...recorded].flatMap(([who, count]) => {
    const most = pressed.get(who) ?? 0;
    return count > most ? [`double: ${who} pressed ${most} times, and ${count} acts are on record`] : [];
  });
}

async function brokenChain(stage: Stage): Promise<string[]> {
  const db = stage.peek();
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst();
  const found = await verify(walk(db), head);
  return found.is === 'whole' ? [] : [`the audit log is broken at ${found.sequence}: ${found.why}`];
}
