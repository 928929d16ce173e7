import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Raised } from '../../src/ports/alerts.ts';
import type { Message } from '../../src/ports/messages.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { raised } from '../support/alerts.ts';
import { ENGINES, type Engine } from './engines.ts';

const NOW = 1_000_000;

describe.each(Object.entries(ENGINES))('the channel of an alert on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let one: Raised;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    one = { ...raised(), channel: 'C0PROD' };
    await storage.alerts.raise([one], []);
  });
  afterEach(() => engine.dispose());

  const claim = (): Promise<Message[]> =>
    storage.messages.claim({ limit: 10, holder: 'h', now: NOW, leaseMs: 60_000 });
  const places = (messages: Message[]) =>
    messages.map(({ drawing, channel }) => [drawing.of, channel]).sort();
  const free = async (messages: Message[]): Promise<void> => {
    for (const { id } of messages) await storage.messages.postpone(id, 'h', { retryAt: 0, sent: false });
  };
  const post = async (message: Message | undefined): Promise<void> => {
    if (!message) throw new Error('nothing to post');
    const { id, channel, wantedVersion: version } = message;
    await storage.messages.shown(id, 'h', { channel, ts: '1.000001', version, at: NOW });
  };
  /** The alert gets more severe, and belongs to another channel. */
  async function escalate(showIn: string, key = 'k'): Promise<void> {
    const alert = await storage.alerts.find(one.alert.id);
    if (!alert) throw new Error('the alert is gone');
    const after = { ...alert, version: alert.version + 1, severity: 'critical' } as const;
    await storage.alerts.save(after, { act: { do: 'acknowledge' }, at: NOW, key, line: true, showIn });
  }

  it('is the one that it was raised for', async () => {
    expect(places(await claim())).toEqual([['card', 'C0PROD']]);
  });

  it('is the default one where nothing was said', async () => {
    await storage.alerts.raise([raised({ eventID: 'other', requestID: 'other' })], []);
    expect(places(await claim())).toEqual([
      ['card', 'C0ALERTS'],
      ['card', 'C0PROD'],
    ]);
  });

  it('changes with it as long as nothing is posted', async () => {
    await escalate('C0URGENT');
    const [card] = await claim();
    expect(card).toMatchObject({ drawing: { of: 'card' }, channel: 'C0URGENT' });
    await post(card);
    expect(places(await claim())).toEqual([['line', 'C0URGENT']]);
  });

  it('stays once the card is posted, and a copy goes to the other, once', async () => {
    await post((await claim())[0]);
    await escalate('C0URGENT');
    await escalate('C0URGENT', 'again');
    const due = await claim();
    expect(places(due)).toEqual([
      ['card', 'C0PROD'],
      ['copy', 'C0URGENT'],
      ['line', 'C0PROD'],
    ]);
  });

  it('stays while somebody posts the card just now', async () => {
    const [card] = await claim();
    await escalate('C0URGENT');
    expect(places(await claim())).toEqual([['copy', 'C0URGENT']]);
    await post(card);
    expect(places(await claim())).toContainEqual(['line', 'C0PROD']);
  });

  it('has every copy drawn anew with the card', async () => {
    await post((await claim())[0]);
    await escalate('C0URGENT');
    for (const message of await claim()) await post(message);
    await escalate('C0URGENT', 'again');
    expect(places(await claim())).toEqual(
      expect.arrayContaining([
        ['card', 'C0PROD'],
        ['copy', 'C0URGENT'],
      ]),
    );
  });

  it('is another one when it takes nothing: of the card and all that goes below it', async () => {
    await escalate('C0PROD');
    const [card] = await claim();
    expect(await storage.messages.redirect(card?.id ?? '', 'somebody else', 'C0ALERTS')).toBe(false);
    expect(await storage.messages.redirect(card?.id ?? '', 'h', 'C0ALERTS')).toBe(true);
    const [moved] = await claim();
    expect(moved).toMatchObject({ drawing: { of: 'card' }, channel: 'C0ALERTS' });
    await post(moved);
    expect(places(await claim())).toEqual([['line', 'C0ALERTS']]);
  });

  it('that takes no copy gets none', async () => {
    await post((await claim())[0]);
    await escalate('C0URGENT');
    const due = await claim();
    const copy = due.find(({ drawing }) => drawing.of === 'copy');
    expect(await storage.messages.redirect(copy?.id ?? '', 'h', 'C0ALERTS')).toBe(true);
    await free(due);
    expect(places(await claim())).toEqual([
      ['card', 'C0PROD'],
      ['line', 'C0PROD'],
    ]);
  });
});
