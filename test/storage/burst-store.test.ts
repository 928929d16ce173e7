import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssessDeed } from '../../src/ports/alerts.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { burstStore } from '../../src/storage/burst-store.ts';
import { messageStore } from '../../src/storage/message-store.ts';
import { manyRaised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';
import { plansOf } from './plans.ts';

const ACCOUNT = '111122223333';
const NOW = Date.UTC(2026, 10, 24, 4);

describe.each(Object.entries(ENGINES))('bursts on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const claimed = async (limit = 100): Promise<string[]> => {
    const order = { limit, holder: 'one', now: NOW, leaseMs: 60_000 };
    return (await storage.messages.claim(order)).map(({ id }) => id);
  };
  /** So many alerts that stand in a digest only, by their ids. */
  async function digested(count: number): Promise<string[]> {
    const batch = manyRaised(count);
    await storage.alerts.raise(batch, [], 0);
    const ids = batch.map(({ alert }) => alert.id);
    await storage.bursts.settle({
      own: [],
      digests: [{ id: 'DG-1', channel: 'C0ALERTS', alerts: ids }],
      at: NOW,
    });
    return ids;
  }

  it('keep every card back when a page brings more than there may be cards', async () => {
    const batch = manyRaised(3);
    expect(await storage.alerts.raise(batch, [], 2)).toEqual(['new', 'new', 'new']);
    expect(await claimed()).toEqual([]);
    expect(await storage.messages.behind()).toBe(0);
    expect((await storage.bursts.waiting(ACCOUNT)).map(({ alert }) => alert.id).sort()).toEqual(
      batch.map(({ alert }) => alert.id).sort(),
    );
    expect(await storage.bursts.waiting('444455556666')).toEqual([]);
    expect(await storage.bursts.undrawn(ACCOUNT, 0)).toEqual([]);
  });

  it('wait for no decision while there are no more than that', async () => {
    await storage.alerts.raise(manyRaised(2), [], 2);
    expect(await storage.bursts.waiting(ACCOUNT)).toEqual([]);
    expect(await storage.bursts.undrawn(ACCOUNT, 0)).toHaveLength(2);
    expect(await storage.bursts.undrawn(ACCOUNT, Date.now())).toEqual([]);
  });

  it('give cards to some and a digest with its file to the others, on record', async () => {
    const [first, ...others] = manyRaised(4).map(({ alert }) => alert.id);
    await storage.alerts.raise(manyRaised(4), [], 0);
    await storage.bursts.settle({
      own: [first ?? ''],
      digests: [{ id: 'DG-1', channel: 'C0ALERTS', alerts: others }],
      at: NOW,
    });
    expect(await storage.bursts.waiting(ACCOUNT)).toEqual([]);
    expect((await storage.bursts.ofDigest('DG-1')).map(({ alert, card }) => [alert.id, card]).sort()).toEqual(
      others.map((id) => [id, false]).sort(),
    );
    expect(await claimed()).toEqual(['digest:DG-1', `card:${first}`]);
    await storage.messages.shown('digest:DG-1', 'one', {
      channel: 'C0ALERTS',
      ts: '1.1',
      version: 1,
      at: NOW,
    });
    expect(await claimed()).toEqual(['digest-file:DG-1']);
    const log: object[] = [];
    for await (const { what, facts } of storage.audit.walk(5)) log.push({ what, facts });
    expect(log).toEqual([{ what: 'digested', facts: { digest: 'DG-1', alerts: 3 } }]);
  });

  it('leave a card alone that somebody is drawing by now', async () => {
    const batch = manyRaised(2);
    await storage.alerts.raise(batch, []);
    const [drawing] = await claimed(1);
    const ids = batch.map(({ alert }) => alert.id);
    await storage.bursts.settle({
      own: [],
      digests: [{ id: 'DG-1', channel: 'C0ALERTS', alerts: ids }],
      at: NOW,
    });
    const left = ids.filter((id) => `card:${id}` !== drawing);
    expect((await storage.bursts.ofDigest('DG-1')).map(({ alert }) => alert.id)).toEqual(left);
  });

  it('bring a card with all that is to stand under it, once somebody wants it', async () => {
    const [id = ''] = await digested(1);
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('no alert');
    const risen: AssessDeed = { do: 'assess', score: 76, severity: 'critical', before: 'low', factors: [] };
    await storage.alerts.save({ ...alert, version: 2 }, { act: risen, at: NOW, key: 'a' });
    expect(await storage.messages.behind()).toBe(2); // the digest and its file
    expect(await storage.jobs.due(NOW + 60_000)).toBe(2);
    const owed = { id: 'j', kind: 'remind', subject: id, dueAt: 0 };
    const claim = () =>
      storage.jobs.claim({ kinds: ['remind'], holder: 'one', now: 1, leaseMs: 60_000, limit: 9 });
    expect(await storage.messages.wantCard(id, [owed])).toBe(true);
    expect(await claim()).toMatchObject([{ id: 'j' }]);
    await storage.jobs.finish('j', 'one');
    expect(await storage.messages.wantCard(id, [owed])).toBe(false);
    expect(await claim()).toEqual([]);
    expect(await storage.messages.behind()).toBe(4);
    expect(await storage.bursts.ofDigest('DG-1')).toMatchObject([{ card: true }]);
  });

  it('bring it before other new cards, however many there are', async () => {
    const [id = ''] = await digested(1);
    await storage.alerts.raise(manyRaised(3, 'new'), []);
    await storage.messages.wantCard(id, []);
    expect((await claimed())[0]).toBe(`card:${id}`);
  });

  it('bring it with what a person does', async () => {
    const [id = '', other = ''] = await digested(2);
    const alert = await storage.alerts.find(id);
    if (!alert) throw new Error('no alert');
    const deed = { act: { do: 'assign', to: 'U0ANA' }, by: { id: 'U0ANA' }, at: NOW, key: 'a' } as const;
    await storage.alerts.save({ ...alert, version: 2 }, deed);
    expect(await claimed()).toEqual([`card:${id}`, 'digest:DG-1']);
    expect((await storage.messages.cardOf(other))?.wantedVersion).toBe(0);
  });

  async function manyStored(): Promise<void> {
    for (let page = 0; page < 30; page++) await storage.alerts.raise(manyRaised(100, `p${page}`), []);
  }

  it('do not make who draws look at all that waits', async () => {
    const order = { holder: 'one', now: NOW, leaseMs: 60_000, limit: 1 };
    await manyStored();
    const plans = await plansOf(engine, 'message', async (db) => {
      expect(await messageStore(db).claim(order)).toHaveLength(1);
    });
    expect(plans).toEqual([
      expect.stringContaining('message_to_update'),
      expect.stringContaining('message_to_post'),
    ]);
    expect(plans.join()).not.toMatch(/temp b-tree|sort/i);
  });

  it('do not make a poll look at all that there is', async () => {
    await manyStored();
    const plans = await plansOf(engine, 'message', (db) => burstStore(db).waiting(ACCOUNT));
    expect(plans).toEqual([expect.stringContaining('message_undecided')]);
  });
});
