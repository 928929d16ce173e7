import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceFailure } from '../../src/ports/cloudtrail.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { BLIND_AFTER, watchHealth } from '../../src/use-cases/watch-health.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';

const quiet = () => undefined;
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const denied = new SourceFailure('access-denied', 'AccessDenied');
const ACCOUNT = '111122223333';

describe.each(Object.entries(ENGINES))('blindness and its end on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
  });
  afterEach(() => engine.dispose());

  const health = (messages = storage.messages, now = 5_000) =>
    watchHealth({
      ...storage,
      messages,
      clock: { now: () => now },
      log,
      channel: 'C0ALERTS',
      region: 'us-east-1',
      redraw: quiet,
      startedAt: 1_000,
    });
  const onRecord = () => Array.fromAsync(storage.audit.walk());

  it('go on record once each, with the notice to the channel', async () => {
    const watch = health();
    await watch.failed(ACCOUNT, denied);
    await watch.failed(ACCOUNT, denied);
    await watch.succeeded(ACCOUNT, 0);
    await watch.succeeded(ACCOUNT, 0);
    const facts = { account: ACCOUNT, since: 1_000 };
    expect(await onRecord()).toMatchObject([
      { what: 'blind', at: 5_000, by: undefined, facts: { ...facts, why: 'AccessDenied' } },
      { what: 'seeing', at: 5_000, by: undefined, facts },
    ]);
    expect(await storage.messages.behind()).toBe(2);
  });

  it('are on record before they are told, and once even if telling fails at first', async () => {
    const mute = { ...storage.messages, notify: () => Promise.reject(new Error('disk full')) };
    await expect(health(mute).failed(ACCOUNT, denied)).rejects.toThrow('disk full');
    expect(await onRecord()).toMatchObject([{ what: 'blind' }]);
    await health().failed(ACCOUNT, denied);
    expect(await onRecord()).toHaveLength(1);
    expect(await storage.messages.behind()).toBe(1);
  });

  it('are told also while a poll takes too long: ten minutes after the last one that came to its end', async () => {
    const end = 1_000 + BLIND_AFTER;
    await health(storage.messages, end - 1).underWay(ACCOUNT);
    expect(await onRecord()).toEqual([]);
    await health(storage.messages, end).underWay(ACCOUNT);
    await health(storage.messages, end + 60_000).underWay(ACCOUNT);
    expect(await onRecord()).toMatchObject([{ what: 'blind', facts: { since: 1_000 } }]);
  });
});
