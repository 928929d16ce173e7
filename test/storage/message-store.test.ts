import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Turn } from '../../src/ports/leases.ts';
import type { Message } from '../../src/ports/messages.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { ageLeases } from '../support/leases.ts';
import { ENGINES, type Engine } from './engines.ts';

const NOW = 1_000_000;
const LEASE = 60_000;
const NOTICE = { is: 'blind', account: '1', since: 1, why: 'x', remedy: 'y' } as const;

describe.each(Object.entries(ENGINES))('messages on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const claim = (holder = 'one', now = NOW, limit = 10): Promise<Message[]> =>
    storage.messages.claim({ limit, holder, now, leaseMs: LEASE });
  const show = (message: Message, ts = '1.000001', holder = 'one'): Promise<boolean> =>
    storage.messages.shown(message.id, holder, {
      channel: 'C0ALERTS',
      ts,
      version: message.wantedVersion,
      at: NOW,
    });

  it('are claimed by one holder at a time, and by another when the lease is over', async () => {
    await storage.alerts.raise([raised()], []);
    expect(await claim('one')).toHaveLength(1);
    expect(await claim('two')).toHaveLength(0);
    await ageLeases(engine.url, LEASE + 1);
    expect(await claim('two')).toHaveLength(1);
  });

  it('tell when who drew them last lost them in the middle of it', async () => {
    await storage.alerts.raise([raised()], []);
    const [card] = await claim('one');
    expect(card?.interrupted).toBeUndefined();
    await ageLeases(engine.url, LEASE + 1);
    const [again] = await claim('two');
    expect(again?.interrupted).toBe(true);
    await storage.messages.postpone(card?.id ?? '', 'two', { retryAt: 0, sent: true });
    expect((await claim('one'))[0]?.interrupted).toBeUndefined();
  });

  it('lead to each other: a card that is posted has those of its companions drawn anew', async () => {
    const [first, second] = manyRaised(2).map(({ alert }) => alert.id);
    await storage.alerts.raise(manyRaised(2), []);
    const post = async (): Promise<string> => {
      const [card] = await claim('one', NOW, 1);
      if (card?.drawing.of !== 'card') throw new Error('no card is to be drawn');
      const { channel, wantedVersion: version } = card;
      const shown = { channel, ts: `1.${card.drawing.alertId}`, version, at: NOW };
      await storage.messages.shown(card.id, 'one', { ...shown, newCardOf: card.drawing.alertId });
      return card.drawing.alertId;
    };
    expect([await post(), await post()].sort()).toEqual([first, second].sort());
    // The first one didn't know the other's card.
    const [behind, ...others] = await claim();
    expect(behind).toMatchObject({ drawing: { of: 'card' }, shownVersion: 1, wantedVersion: 2 });
    expect(others).toEqual([]);
  });

  it('are drawn once more when somebody asks for it', async () => {
    await storage.alerts.raise([raised()], []);
    const [card] = await claim();
    if (!card) throw new Error('nothing to draw');
    await show(card);
    await storage.messages.redraw(card.id);
    expect(await claim()).toMatchObject([{ id: card.id, shownVersion: 1, wantedVersion: 2 }]);
  });

  it('are claimed once by two replicas at the same time', async () => {
    await storage.alerts.raise(manyRaised(30), []);
    const other = await engine.replica(storage);
    const [mine, theirs] = await Promise.all([
      claim('one', NOW, 30),
      other.messages.claim({ limit: 30, holder: 'two', now: NOW, leaseMs: LEASE }),
    ]);
    const ids = [...mine, ...theirs].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(30);
  });

  it('are done when they show what is wanted, and due again when more is wanted', async () => {
    await storage.alerts.raise([raised()], []);
    const [card] = await claim();
    if (!card) throw new Error('nothing to draw');
    await show(card);
    expect(await storage.messages.behind()).toBe(0);
    await storage.alerts.raise([raised({ eventID: 'again' })], []);
    expect(await claim()).toMatchObject(
      [{ kind: undefined, ts: '1.000001', shownVersion: 1, wantedVersion: 2 }].map(
        ({ kind, ...rest }) => rest,
      ),
    );
  });

  it('remember the first try of a post until it is certain', async () => {
    await storage.alerts.raise([raised()], []);
    const [card] = await claim();
    const id = card?.id ?? '';
    expect(await storage.messages.trying(id, 'two', NOW, LEASE)).toBe(false);
    await ageLeases(engine.url, LEASE / 2);
    expect(await storage.messages.trying(id, 'one', NOW, LEASE)).toBe(true);
    await ageLeases(engine.url, LEASE / 2 + 1);
    expect(await claim('two')).toHaveLength(0);
    await storage.messages.postpone(id, 'one', { retryAt: NOW + 1_000, failure: 'lost', sent: true });
    expect(await claim('one', NOW + 500)).toHaveLength(0);
    expect(await claim('one', NOW + 1_000)).toMatchObject([{ triedAt: NOW, failures: 1 }]);
    await storage.messages.postpone(id, 'one', { retryAt: 0, failure: 'not_in_channel', sent: false });
    expect(await claim('one')).toMatchObject([{ triedAt: undefined, failures: 2 }]);
  });

  it("come under their card, an alert's lines in order, and before new cards", async () => {
    await storage.alerts.raise([raised(), raised({ eventID: 'b', requestID: 'b' })], []);
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
    await ageLeases(engine.url, LEASE + 1);
    const second = await claim();
    expect(second.map(({ drawing }) => drawing.of)).toEqual(['line', 'card']);
    await show(second[0] as Message, '2.0');
    expect((await claim()).map(({ drawing }) => drawing.of)).toEqual(['line']);
  });

  it('take nothing from a replica that hung and has lost its lease', async () => {
    await storage.alerts.raise([raised()], []);
    const [card] = await claim('one');
    if (!card) throw new Error('nothing to draw');
    await ageLeases(engine.url, LEASE + 1);
    await claim('two');
    expect(await storage.messages.trying(card.id, 'one', NOW, LEASE)).toBe(false);
    expect(await show(card, '1.1', 'one')).toBe(false);
    expect(await storage.messages.postpone(card.id, 'one', { retryAt: 0, sent: false })).toBe(false);
    expect(await show(card, '2.2', 'two')).toBe(true);
    expect(await show(card, '3.3', 'two')).toBe(false);
    expect((await storage.messages.find(card.id))?.ts).toBe('2.2');
  });

  it('are not held up by a lease or a wait that a wrong clock has left', async () => {
    await storage.alerts.raise([raised(), raised({ eventID: 'b', requestID: 'b' })], []);
    const tomorrow = NOW + 86_400_000;
    const [card] = await claim('one', tomorrow);
    await ageLeases(engine.url, -86_400_000);
    expect(await claim('two')).toHaveLength(2);
    await storage.messages.postpone(card?.id ?? '', 'two', { retryAt: tomorrow, sent: false });
    expect(await claim('two')).toMatchObject([{ id: card?.id }]);
  });

  it('leave out channels that get no post, or no update', async () => {
    await storage.alerts.raise([raised()], []);
    await storage.messages.notify('n', 'C0OTHER', NOTICE, NOW);
    const order = { limit: 9, holder: 'one', now: NOW, leaseMs: LEASE };
    /** What may be claimed, once all leases are over. */
    const kindsOf = async (different: object) => {
      await ageLeases(engine.url, LEASE + 1);
      const claimed = await storage.messages.claim({ ...order, ...different });
      return claimed.map(({ drawing }) => drawing.of);
    };
    expect(await kindsOf({ notPosted: ['C0ALERTS'] })).toEqual(['notice']);
    expect(await kindsOf({ notPosted: ['C0ALERTS', 'C0OTHER'] })).toEqual([]);
    const [card] = await storage.messages.claim({ ...order, notPosted: ['C0OTHER'] });
    if (!card) throw new Error('nothing to draw');
    await show(card);
    await storage.alerts.raise([raised({ eventID: 'again' })], []);
    expect(await kindsOf({ notUpdated: ['C0ALERTS'] })).toEqual(['notice']);
    expect(await kindsOf({ notUpdated: 'any' })).toEqual(['notice']);
    expect(await kindsOf({ notPosted: ['C0ALERTS', 'C0OTHER'] })).toEqual(['card']);
  });

  it('tell a notice once', async () => {
    await storage.messages.notify('n', 'C0ALERTS', NOTICE, NOW);
    await storage.messages.notify('n', 'C0ALERTS', NOTICE, NOW);
    expect(await claim()).toMatchObject([{ drawing: { of: 'notice', notice: NOTICE } }]);
  });
});

describe.each(Object.entries(ENGINES))('watches on %s', (_, start) => {
  const watch = {
    account: '1',
    region: 'us-east-1',
    scan: 'tick',
    since: 1,
    watermark: 2,
    completedAt: 3,
  } as const;
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const turnOf = async (holder: string): Promise<Turn> => {
    const turn = await storage.leases.take('watch', holder, LEASE);
    if (!turn) throw new Error('somebody else has the turn');
    return turn;
  };

  it('keep how far each scan is, and since when an account is blind', async () => {
    const { watches } = storage;
    const turn = await turnOf('one');
    await watches.save(watch, turn);
    await watches.save({ ...watch, watermark: 5 }, turn);
    await watches.save({ ...watch, scan: 'hourly', watermark: undefined }, turn);
    expect(await watches.find('1', 'us-east-1', 'tick')).toEqual({ ...watch, watermark: 5 });
    expect(await watches.all()).toHaveLength(2);
    await watches.setBlindSince('1', 77);
    await watches.setBlindSince('1', 88);
    expect(await watches.blindSince('1')).toBe(77);
    await watches.setBlindSince('1', undefined);
    expect(await watches.blindSince('1')).toBeUndefined();
  });

  it('take nothing from a replica that hung and has lost its turn', async () => {
    const { watches } = storage;
    const lost = await turnOf('one');
    expect(await watches.save(watch, lost)).toBe(true);
    await ageLeases(engine.url, LEASE + 1);
    const present = await turnOf('two');
    expect(await watches.save({ ...watch, watermark: 9 }, present)).toBe(true);
    expect(await watches.save({ ...watch, watermark: 4 }, lost)).toBe(false);
    expect((await watches.find('1', 'us-east-1', 'tick'))?.watermark).toBe(9);
  });
});
