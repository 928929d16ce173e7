import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job, JobStore, NewJob } from '../../src/ports/jobs.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ageLeases } from '../support/leases.ts';
import { ENGINES, type Engine } from './engines.ts';

const NOW = 1_000_000;
const LEASE = 60_000;

describe.each(Object.entries(ENGINES))('jobs on %s', (_, start) => {
  let engine: Engine;
  let first: Storage;
  let jobs: JobStore;
  beforeEach(async () => {
    engine = await start();
    first = await engine.open();
    jobs = first.jobs;
  });
  afterEach(() => engine.dispose());

  const job = (different: Partial<NewJob> = {}): NewJob => ({
    id: 'expire:R1',
    kind: 'expire',
    subject: 'R1',
    dueAt: NOW,
    ...different,
  });
  const claim = (holder = 'one', now = NOW, kinds = ['expire']): Promise<Job[]> =>
    jobs.claim({ kinds, limit: 10, holder, now, leaseMs: LEASE });

  it('are claimed when they are due, the longest due first, of the kinds asked for', async () => {
    await jobs.add(job({ id: 'b', dueAt: NOW - 1 }));
    await jobs.add(job({ id: 'a', dueAt: NOW }));
    await jobs.add(job({ id: 'soon', dueAt: NOW + 1 }));
    await jobs.add(job({ id: 'other', kind: 'check' }));
    expect(await jobs.due(NOW)).toBe(3);
    expect(await claim()).toEqual([
      { ...job({ id: 'b', dueAt: NOW - 1 }), failures: 0 },
      { ...job({ id: 'a' }), failures: 0 },
    ]);
    expect(await claim('two', NOW, [])).toEqual([]);
    expect(await claim('two', NOW, ['check'])).toHaveLength(1);
  });

  it('never wait for the time of a clock that was wrong, if their kind is prompt', async () => {
    const prompt = ['expire'];
    const tomorrow = NOW + 86_400_000;
    await jobs.add(job({ id: 'soon', dueAt: NOW + LEASE }));
    await jobs.add(job({ id: 'wrong', dueAt: tomorrow }));
    await jobs.add(job({ id: 'long', kind: 'check', dueAt: tomorrow }));
    const order = { kinds: ['expire', 'check'], limit: 10, holder: 'one', now: NOW, leaseMs: LEASE };
    expect(await jobs.claim(order)).toEqual([]);
    expect((await jobs.claim({ ...order, prompt })).map(({ id }) => id)).toEqual(['wrong']);
  });

  it('have one holder at a time, and another when the lease is over', async () => {
    await jobs.add(job());
    expect(await claim('one')).toHaveLength(1);
    expect(await claim('two')).toHaveLength(0);
    await ageLeases(engine.url, LEASE + 1);
    expect(await claim('two')).toHaveLength(1);
    expect(await jobs.extend('expire:R1', 'one', 3 * LEASE)).toBe(false);
    expect(await jobs.later('expire:R1', 'one', { dueAt: NOW })).toBe(false);
    expect(await jobs.finish('expire:R1', 'one')).toBe(false);
    expect(await jobs.extend('expire:R1', 'two', 3 * LEASE)).toBe(true);
    await ageLeases(engine.url, 2 * LEASE);
    expect(await claim('one')).toHaveLength(0);
    expect(await jobs.finish('expire:R1', 'two')).toBe(true);
    await ageLeases(engine.url, 2 * LEASE);
    expect(await claim('one')).toHaveLength(0);
  });

  it('are claimed once by two replicas at the same time', async () => {
    for (let n = 0; n < 20; n++) await jobs.add(job({ id: `j${n}` }));
    const other = (await engine.replica(first)).jobs;
    const both = await Promise.all(
      [jobs, other].map((store, n) =>
        store.claim({ kinds: ['expire'], limit: 20, holder: `${n}`, now: NOW, leaseMs: LEASE }),
      ),
    );
    const ids = both.flat().map(({ id }) => id);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  it('are one job by one id, due at the earlier time', async () => {
    await jobs.add(job({ dueAt: NOW + 10 }));
    await jobs.add(job({ dueAt: NOW + 90 }));
    expect(await claim('one', NOW + 9)).toHaveLength(0);
    await jobs.add(job({ dueAt: NOW }));
    expect(await claim()).toMatchObject([{ dueAt: NOW }]);
  });

  it('asked for while somebody is at it, are done once more afterwards', async () => {
    await jobs.add(job());
    await claim();
    await jobs.add(job({ dueAt: NOW + 20 }));
    await jobs.add(job({ dueAt: NOW + 10 }));
    expect(await jobs.finish('expire:R1', 'one')).toBe(true);
    expect(await claim('two', NOW + 9)).toHaveLength(0);
    expect(await claim('two', NOW + 10)).toHaveLength(1);
    await jobs.add(job({ dueAt: NOW + 30 }));
    expect(await jobs.later('expire:R1', 'two', { dueAt: NOW + 40 })).toBe(true);
    expect(await claim('one', NOW + 30)).toHaveLength(1);
    expect(await jobs.finish('expire:R1', 'one')).toBe(true);
    expect(await jobs.due(NOW + LEASE)).toBe(0);
  });

  it('come again later, and count how often in a row they failed', async () => {
    await jobs.add(job());
    await claim();
    await jobs.later('expire:R1', 'one', { dueAt: NOW + 1, failure: 'no \0 answer' });
    expect(await claim()).toEqual([]);
    expect(await claim('one', NOW + 1)).toMatchObject([{ failures: 1 }]);
    await jobs.later('expire:R1', 'one', { dueAt: NOW + 2, failure: 'no answer' });
    expect(await claim('one', NOW + 2)).toMatchObject([{ failures: 2 }]);
    await jobs.later('expire:R1', 'one', { dueAt: NOW + 3 });
    expect(await claim('one', NOW + 3)).toMatchObject([{ failures: 0 }]);
  });
});
