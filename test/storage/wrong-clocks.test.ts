import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Storage } from '../../src/ports/storage.ts';
import { ageLeases } from '../support/leases.ts';
import { ENGINES, type Engine } from './engines.ts';

const LEASE = 60_000;
const HOUR = 3_600_000;
const NOTICE = { is: 'blind', account: '1', since: 1, why: 'x', remedy: 'y' } as const;

describe.each(Object.entries(ENGINES))('what one replica has, on %s', (_, start) => {
  let engine: Engine;
  let first: Storage;
  let other: Storage;
  beforeEach(async () => {
    engine = await start();
    first = await engine.open();
    other = await engine.replica(first);
    await first.messages.notify('n', 'C0ALERTS', NOTICE, 0);
    await first.jobs.add({ id: 'j', kind: 'check', subject: 's', dueAt: 0 });
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await engine.dispose();
  });

  /** What this replica can take of a turn, a message and a job, by its own clock. */
  async function takes({ leases, messages, jobs }: Storage, holder: string): Promise<string[]> {
    const order = { limit: 9, holder, now: Date.now(), leaseMs: LEASE };
    const turn = await leases.take('watch', holder, LEASE);
    return [
      ...(turn ? [turn.lease] : []),
      ...(await messages.claim(order)).map(({ id }) => id),
      ...(await jobs.claim({ ...order, kinds: ['check'] })).map(({ id }) => id),
    ];
  }

  it.each([
    ['ahead', 3 * HOUR],
    ['behind', -3 * HOUR],
  ])('no other takes whose clock is hours %s, until the lease is over', async (_how, wrongBy) => {
    expect(await takes(first, 'one')).toEqual(['watch', 'n', 'j']);
    const right = Date.now();
    vi.setSystemTime(right + wrongBy);
    expect(await takes(other, 'two')).toEqual([]);
    await ageLeases(engine.url, LEASE + 1);
    expect(await takes(other, 'two')).toEqual(['watch', 'n', 'j']);
    vi.setSystemTime(right);
    expect(await takes(first, 'one')).toEqual([]);
  });
});
