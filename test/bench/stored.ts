import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bursting } from '../../src/bursts.ts';
import { readRecord } from '../../src/cloudtrail/record.ts';
import type { Reading } from '../../src/domain/event.ts';
import { DAY, MINUTE } from '../../src/domain/time.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { iamUserAddedToGroup } from '../../src/rules/iam-user-added-to-group.ts';
import { render } from '../../src/slack/render.ts';
import { openStorage } from '../../src/storage/open.ts';
import { raiseAlerts } from '../../src/use-cases/raise-alerts.ts';
import { addUserToGroup } from '../support/records.ts';
import { type Figure, quantile } from './figure.ts';
import type { Room } from './measures.ts';
import { aboutWhen, actorOf, alertIdOf, eventIdOf, groupOf, seed, userOf } from './seed.ts';

const FEW = 1_000;
const MANY = [100_000, 1_000_000];
const ROUNDS = 41;
const PAGE = 50;
const NEAR = 10 * MINUTE;
const CHANNEL = 'C0BENCH';
const FROM = { account: '111122223333', region: 'us-east-1' };
const clock = { now: Date.now };

type Costs = Record<string, number>;

/**
 * What a poll (half of its page is known), eleven look-ups, the counts of a status and a redraw of a card cost, in
 * milliseconds of the database and our own work, with ever more alerts stored. Slack's and AWS's part is left out.
 */
export async function stored({ folder, quick }: Room): Promise<Figure[]> {
  const few = await costsOf(folder, FEW);
  const figures: Figure[] = [];
  for (const count of quick ? MANY.slice(0, 1) : MANY) {
    for (const [what, ms] of Object.entries(await costsOf(folder, count)))
      figures.push({
        name: `${what} at ${count} stored alerts`,
        value: ms,
        unit: 'ms',
        comparison: `the same at ${FEW}, ms`,
        against: few[what] ?? Number.NaN,
      });
  }
  return figures;
}

async function costsOf(folder: string, count: number): Promise<Costs> {
  const path = join(folder, `stored-${count}.db`);
  await (await openStorage(`file:${path}`, { channel: CHANNEL })).close();
  seed(path, count, Date.now());
  const storage = await openStorage(`file:${path}`, { channel: CHANNEL });
  const some = () => 1 + Math.floor(Math.random() * count);
  const poll = polling(storage);
  const redraw = redrawing(storage);
  const times: Record<string, number[]> = {};
  const timed = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await work();
    times[what] ??= [];
    times[what].push(performance.now() - began);
  };
  for (let round = 0; round < ROUNDS; round++) {
    const page = pageOf(count + round * PAGE, some);
    await timed('poll', () => poll(page));
    await timed('look-ups', () => lookUp(storage, some()));
    await timed('status', () => storage.alerts.countByState());
    const id = alertIdOf(some());
    await storage.messages.redraw(`card:${id}`);
    await timed('redraw', redraw);
  }
  await storage.close();
  for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
  return Object.fromEntries(Object.entries(times).map(([what, ms]) => [what, quantile(ms, 0.5)]));
}

function polling(storage: Storage): (page: readonly Reading[]) => Promise<void> {
  const wake = () => undefined;
  const raise = raiseAlerts({ ...storage, clock, rule: iamUserAddedToGroup, redraw: wake });
  const { settleBurst } = bursting({ maxAlertsPerRun: 100 }, { storage, clock, wake });
  return async (page) => {
    const began = clock.now();
    const { raised } = await raise(page, FROM);
    await settleBurst({ account: FROM.account, began, raised });
  };
}

/** Half of it is stored already. */
function pageOf(first: number, some: () => number): Reading[] {
  return Array.from({ length: PAGE }, (_, at) => {
    const n = first + at;
    const record = addUserToGroup({
      eventID: at % 2 ? eventIdOf(some()) : `new-${n}`,
      requestID: `request-${n}`,
      eventTime: new Date().toISOString(),
      requestParameters: { userName: userOf(n), groupName: groupOf(n) },
    });
    return readRecord(JSON.stringify(record), FROM);
  });
}

/** A user, an actor, what an actor did within ten minutes, a group, an event, one that is nobody's, an alert, what is open, the last day, all names, a Home tab's list. */
async function lookUp({ alerts }: Storage, n: number): Promise<void> {
  const page = { limit: 10, offset: 0 };
  await alerts.search({ subject: userOf(n), ...page });
  await alerts.search({ actor: actorOf(n), ...page });
  await alerts.search({
    actor: actorOf(n),
    account: FROM.account,
    occurred: { from: aboutWhen(n) - NEAR, to: aboutWhen(n) + NEAR },
    ...page,
  });
  await alerts.search({ object: groupOf(n), ...page });
  await alerts.search({ eventId: eventIdOf(n), ...page });
  await alerts.search({ eventId: 'nobody', ...page });
  await alerts.find(alertIdOf(n));
  await alerts.search({ states: ['open'], ...page });
  await alerts.search({ raisedSince: Date.now() - DAY, ...page });
  await alerts.names(['subject', 'object', 'actor']);
  await alerts.worklist(page);
}

/** Claims what is behind, makes its card, and notes that it is shown: all but Slack's part. */
function redrawing(storage: Storage): () => Promise<void> {
  const draw = render({
    ...storage,
    permalinkOf: async () => undefined,
    approvers: [],
    mention: () => ({ who: [], from: 'never' }),
    revokeSessions: false,
  });
  return async () => {
    const now = clock.now();
    const due = { limit: 1, holder: 'bench', now, leaseMs: 1_000, notPosted: [CHANNEL] };
    const [message] = await storage.messages.claim(due);
    if (!message?.ts) throw new Error('there is nothing to redraw');
    await draw(message);
    const { id, channel, ts, wantedVersion: version } = message;
    await storage.messages.shown(id, 'bench', { channel, ts, version, at: now });
  };
}
