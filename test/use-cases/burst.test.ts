import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bursting } from '../../src/bursts.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { Raised } from '../../src/ports/alerts.ts';
import type { AuditEntry } from '../../src/ports/audit.ts';
import { DIGEST_JOB } from '../../src/ports/bursts.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { openStorage } from '../../src/storage/open.ts';
import { REMIND_JOB } from '../../src/use-cases/remind.ts';
import { manyRaised, raised } from '../support/alerts.ts';

const ACCOUNT = '111122223333';
const RAISED = Date.UTC(2026, 10, 24, 4);
const MOST = 2;

const folder = mkdtempSync(join(tmpdir(), 'groupwatch-burst-'));
let files = 0;
let storage: Storage;
let now: number;
beforeEach(async () => {
  storage = await openStorage(`file:${join(folder, `${files++}.db`)}`, { channel: 'C0ALERTS' });
  now = RAISED + 1_000;
});
afterEach(() => storage.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parts = () =>
  bursting({ maxAlertsPerRun: MOST }, { storage, clock: { now: () => now }, wake: () => undefined });

const byRoot = (eventID: string): Raised =>
  raised({ eventID, requestID: eventID, userIdentity: { type: 'Root', accountId: ACCOUNT } });
const settle = (of: number): Promise<void> =>
  parts().settleBurst({ account: ACCOUNT, began: RAISED, raised: of });
const isWanted = async ({ id }: { id: string }): Promise<boolean> =>
  ((await storage.messages.cardOf(id))?.wantedVersion ?? 0) > 0;
async function wanted(batch: readonly Raised[]): Promise<boolean[]> {
  return Promise.all(batch.map(({ alert }) => isWanted(alert)));
}

describe('of more new alerts than there may be cards', () => {
  it('the riskiest by their records get them', async () => {
    const batch = [...manyRaised(3), byRoot('r1'), byRoot('r2')];
    await storage.alerts.raise(batch, [], MOST);
    await settle(batch.length);
    expect(await wanted(batch)).toEqual([false, false, false, true, true]);
  });

  it('those that came first give way to riskier ones, unless they are posted already', async () => {
    const first = manyRaised(2);
    await storage.alerts.raise(first, [], MOST);
    const order = { limit: 1, holder: 'one', now, leaseMs: 60_000 };
    const [posted] = await storage.messages.claim(order);
    const shown = { channel: 'C0ALERTS', ts: '1.1', version: 1, at: now };
    await storage.messages.shown(posted?.id ?? '', 'one', shown);
    const risky = byRoot('r1');
    await storage.alerts.raise([risky], [], 0);
    await settle(3);
    expect(await isWanted(risky.alert)).toBe(true);
    expect((await wanted(first)).sort()).toEqual([false, true]);
  });

  it('those of a poll that broke off are decided on by the next one', async () => {
    const left = manyRaised(3);
    await storage.alerts.raise(left, [], 0);
    now += 60_000;
    await parts().settleBurst({ account: ACCOUNT, began: now, raised: 0 });
    expect((await wanted(left)).filter(Boolean)).toHaveLength(MOST);
    expect(await storage.bursts.waiting(ACCOUNT)).toEqual([]);
  });

  it('each actor gets a digest of those that are left', async () => {
    const other = raised({
      eventID: 'o',
      requestID: 'o',
      userIdentity: { type: 'IAMUser', userName: 'eve' },
    });
    await storage.alerts.raise([...manyRaised(4), other], [], 0);
    await settle(5);
    const digests: AuditEntry[] = [];
    for await (const entry of storage.audit.walk()) if (entry.what === 'digested') digests.push(entry);
    expect(digests.reduce((sum, { facts }) => sum + Number(facts.alerts), 0)).toBe(5 - MOST);
  });
});

describe('an alert that stands in a digest', () => {
  let batch: Raised[];
  let digest: string;
  beforeEach(async () => {
    batch = manyRaised(MOST + 4);
    await storage.alerts.raise(batch, [], 0);
    await settle(batch.length);
    const cards = await wanted(batch);
    batch = batch.filter((_, n) => !cards[n]);
    const [due] = await storage.messages.claim({ limit: 1, holder: 'one', now, leaseMs: 60_000 });
    digest = due?.drawing.of === 'digest' ? due.drawing.digest.id : '';
  });

  async function becomes(severity: Alert['severity'], riskScore: number, which: number): Promise<void> {
    const alert = await storage.alerts.find(batch[which]?.alert.id ?? '');
    if (!alert) throw new Error('no alert');
    const act = { do: 'assess' as const, score: riskScore, severity, before: alert.severity, factors: [] };
    const after = { ...alert, severity, riskScore, version: alert.version + 1 };
    await storage.alerts.save(after, { act, at: now, key: `${alert.id}:${alert.version}` });
  }
  const tend = async (): Promise<unknown> => {
    const order = { kinds: [DIGEST_JOB], limit: 1, holder: 'one', now: now + 60_000, leaseMs: 60_000 };
    const [job] = await storage.jobs.claim(order);
    return job && parts().handlers[DIGEST_JOB]?.(job, new AbortController().signal);
  };

  it('gets a card when it turns out to be high or critical, and reminds then', async () => {
    await becomes('critical', 76, 1);
    await becomes('medium', 31, 2);
    expect(await tend()).toEqual({ is: 'done' });
    expect(await wanted(batch)).toEqual([false, true, false, false]);
    const due = await storage.jobs.claim({
      kinds: [REMIND_JOB],
      limit: 9,
      holder: 'one',
      now,
      leaseMs: 60_000,
    });
    expect(due.map(({ subject }) => subject)).toEqual([batch[1]?.alert.id]);
  });

  it('gets none beyond what the channel may see, the riskiest first', async () => {
    await becomes('high', 60, 0);
    await becomes('critical', 90, 1);
    await becomes('critical', 80, 3);
    await tend();
    expect(await wanted(batch)).toEqual([false, true, false, true]);
  });

  it('has its digest drawn anew', async () => {
    const before = (await storage.messages.find(`digest:${digest}`))?.wantedVersion ?? 0;
    await becomes('medium', 31, 0);
    await tend();
    expect((await storage.messages.find(`digest:${digest}`))?.wantedVersion).toBe(before + 1);
  });

  it('has its card when a person asks for it, on record once', async () => {
    const { showCard } = parts();
    const wish = { alertId: batch[0]?.alert.id ?? '', by: { id: 'U0ANA' }, key: 'click' };
    expect(await showCard(wish)).toBe(true);
    expect(await showCard(wish)).toBe(false);
    const history = await storage.audit.historyOf(wish.alertId);
    expect(history.map(({ what }) => what)).toEqual(['raised', 'show-card']);
  });
});
