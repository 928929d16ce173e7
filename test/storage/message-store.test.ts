import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message, Storage } from '../../src/ports.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';

const NOW = 1_000_000;

describe.each(Object.entries(ENGINES))('messages on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const claim = (holder = 'one', now = NOW, limit = 10): Promise<Message[]> =>
    storage.messages.claim({ limit, holder, now, until: now + 60_000 });
  const show = (message: Message, ts = '1.000001'): Promise<void> =>
    storage.messages.shown(message.id, { channel: 'C0ALERTS', ts, version: message.wantedVersion });

  it('are claimed by one holder at a time, and by another when the lease is over', async () => {
    await storage.alerts.raise([raised()]);
    expect(await claim('one')).toHaveLength(1);
    expect(await claim('two')).toHaveLength(0);
    expect(await claim('two', NOW + 60_001)).toHaveLength(1);
  });

  it('are claimed once by two replicas at the same time', async () => {
    await storage.alerts.raise(manyRaised(30));
    const other = await engine.replica(storage);
    const [mine, theirs] = await Promise.all([
      claim('one', NOW, 30),
      other.messages.claim({ limit: 30, holder: 'two', now: NOW, until: NOW + 60_000 }),
    ]);
    const ids = [...mine, ...theirs].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(30);
  });

  it('are done when they show what is wanted, and due again when more is wanted', async () => {
    await storage.alerts.raise([raised()]);
    const [card] = await claim();
    if (!card) throw new Error('nothing to draw');
    await show(card);
    expect(await storage.messages.behind()).toBe(0);
    await storage.alerts.raise([raised({ eventID: 'again' })]);
    expect(await claim()).toMatchObject(
      [{ kind: undefined, ts: '1.000001', shownVersion: 1, wantedVersion: 2 }].map(
        ({ kind, ...rest }) => rest,
      ),
    );
  });

  it('remember the first try of a post until it is certain', async () => {
    await storage.alerts.raise([raised()]);
    const [card] = await claim();
    const id = card?.id ?? '';
    expect(await storage.messages.trying(id, 'two', NOW)).toBe(false);
    expect(await storage.messages.trying(id, 'one', NOW)).toBe(true);
    await storage.messages.postpone(id, { retryAt: NOW + 1_000, failure: 'lost', sent: true });
    expect(await claim('one', NOW + 500)).toHaveLength(0);
    expect(await claim('one', NOW + 1_000)).toMatchObject([{ triedAt: NOW, failures: 1 }]);
    await storage.messages.postpone(id, { retryAt: 0, failure: 'not_in_channel', sent: false });
    expect(await claim('one')).toMatchObject([{ triedAt: undefined, failures: 2 }]);
  });

  it("come under their card, an alert's lines in order, and before new cards", async () => {
    await storage.alerts.raise([raised(), raised({ eventID: 'b', requestID: 'b' })]);
    const { alert } = raised();
    const by = { id: 'U0ANA' };
    for (const [version, key] of [
      [2, 'a'],
      [3, 'b'],
    ] as const) {
      const deed = { act: { do: 'assign', to: key } as const, by, at: NOW, key };
      expect(await storage.alerts.save({ ...alert, version }, deed)).toBe('saved');
    }
    const first = await claim();
    expect(first.map(({ drawing }) => drawing.of)).toEqual(['card', 'card']);
    for (const card of first) if (card.id.endsWith(alert.id)) await show(card);
    await storage.messages.release('one');
    const second = await claim();
    expect(second.map(({ drawing }) => drawing.of)).toEqual(['line', 'card']);
    await show(second[0] as Message, '2.0');
    expect((await claim()).map(({ drawing }) => drawing.of)).toEqual(['line']);
  });

  it('tell a notice once', async () => {
    const notice = { is: 'blind', account: '1', since: 1, why: 'x', remedy: 'y' } as const;
    await storage.messages.notify('n', 'C0ALERTS', notice, NOW);
    await storage.messages.notify('n', 'C0ALERTS', notice, NOW);
    expect(await claim()).toMatchObject([{ drawing: { of: 'notice', notice } }]);
  });
});

describe.each(Object.entries(ENGINES))('watches on %s', (_, start) => {
  it('keep how far each scan is, and since when an account is blind', async () => {
    const engine = await start();
    const { watches } = await engine.open();
    const watch = {
      account: '1',
      region: 'us-east-1',
      scan: 'tick',
      since: 1,
      watermark: 2,
      completedAt: 3,
    } as const;
    await watches.save(watch);
    await watches.save({ ...watch, watermark: 5 });
    await watches.save({ ...watch, scan: 'hourly', watermark: undefined });
    expect(await watches.find('1', 'us-east-1', 'tick')).toEqual({ ...watch, watermark: 5 });
    expect(await watches.all()).toHaveLength(2);
    await watches.setBlindSince('1', 77);
    await watches.setBlindSince('1', 88);
    expect(await watches.blindSince('1')).toBe(77);
    await watches.setBlindSince('1', undefined);
    expect(await watches.blindSince('1')).toBeUndefined();
    await engine.dispose();
  });
});
