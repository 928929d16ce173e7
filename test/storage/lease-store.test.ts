import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeaseStore } from '../../src/ports/leases.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ENGINES, type Engine } from './engines.ts';

describe.each(Object.entries(ENGINES))('leases on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let leases: LeaseStore;
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    leases = storage.leases;
  });
  afterEach(() => engine.dispose());

  it('have one holder at a time; the token grows with every change of hands', async () => {
    const mine = await leases.take('watch', 'one', 0, 10);
    expect(mine).toEqual({ lease: 'watch', token: 1 });
    expect(await leases.take('watch', 'one', 5, 15)).toEqual(mine);
    expect(await leases.take('watch', 'two', 15, 25)).toBeUndefined();
    expect(await leases.take('other', 'two', 15, 25)).toEqual({ lease: 'other', token: 1 });
    expect(await leases.take('watch', 'two', 16, 26)).toEqual({ lease: 'watch', token: 2 });
    expect(await leases.take('watch', 'one', 27, 37)).toEqual({ lease: 'watch', token: 3 });
  });

  it('are renewed by who has them only', async () => {
    const mine = await leases.take('watch', 'one', 0, 10);
    if (!mine) throw new Error('no turn');
    expect(await leases.renew(mine, 20)).toBe(true);
    expect(await leases.take('watch', 'two', 15, 25)).toBeUndefined();
    expect(await leases.take('watch', 'two', 21, 31)).toMatchObject({ token: 2 });
    expect(await leases.renew(mine, 99)).toBe(false);
    expect(await leases.take('watch', 'one', 31, 41)).toBeUndefined();
  });

  it('are given back all together', async () => {
    await leases.take('watch', 'one', 5, 15);
    await leases.take('board', 'one', 5, 15);
    await leases.take('third', 'three', 5, 15);
    await leases.release('one');
    expect(await leases.take('watch', 'two', 6, 16)).toMatchObject({ token: 2 });
    expect(await leases.take('board', 'two', 6, 16)).toMatchObject({ token: 2 });
    expect(await leases.take('third', 'two', 6, 16)).toBeUndefined();
  });

  it('that were taken with a clock far ahead hold nobody up', async () => {
    await leases.take('watch', 'one', 3_600_000, 3_600_010);
    expect(await leases.take('watch', 'two', 5, 15)).toMatchObject({ token: 2 });
  });

  it('are taken by one of many replicas at the same time', async () => {
    const other = await engine.replica(storage);
    const takers = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? leases : other.leases).take('watch', `replica-${n}`, 5, 15),
    );
    expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
  });
});
