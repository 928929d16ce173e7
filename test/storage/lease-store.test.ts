import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeaseStore } from '../../src/ports/leases.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { ageLeases } from '../support/leases.ts';
import { ENGINES, type Engine } from './engines.ts';

const LEASE = 60_000;
const HOUR = 3_600_000;

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
    const mine = await leases.take('watch', 'one', LEASE);
    expect(mine).toEqual({ lease: 'watch', token: 1 });
    expect(await leases.take('watch', 'one', LEASE)).toEqual(mine);
    expect(await leases.take('watch', 'two', LEASE)).toBeUndefined();
    expect(await leases.take('other', 'two', LEASE)).toEqual({ lease: 'other', token: 1 });
    await ageLeases(engine.url, LEASE + 1);
    expect(await leases.take('watch', 'two', LEASE)).toEqual({ lease: 'watch', token: 2 });
    await ageLeases(engine.url, LEASE + 1);
    expect(await leases.take('watch', 'one', LEASE)).toEqual({ lease: 'watch', token: 3 });
  });

  it('are kept on by who has them, and last as long again', async () => {
    await leases.take('watch', 'one', LEASE);
    await ageLeases(engine.url, LEASE / 2);
    await leases.take('watch', 'one', LEASE);
    await ageLeases(engine.url, LEASE / 2 + 1);
    expect(await leases.take('watch', 'two', LEASE)).toBeUndefined();
  });

  it('are renewed by who has them only', async () => {
    const mine = await leases.take('watch', 'one', LEASE);
    if (!mine) throw new Error('no turn');
    expect(await leases.renew(mine, 2 * LEASE)).toBe(true);
    await ageLeases(engine.url, LEASE + 1);
    expect(await leases.take('watch', 'two', LEASE)).toBeUndefined();
    await ageLeases(engine.url, LEASE);
    expect(await leases.take('watch', 'two', LEASE)).toMatchObject({ token: 2 });
    expect(await leases.renew(mine, LEASE)).toBe(false);
    expect(await leases.take('watch', 'one', LEASE)).toBeUndefined();
  });

  it('are given back all together', async () => {
    await leases.take('watch', 'one', LEASE);
    await leases.take('board', 'one', LEASE);
    await leases.take('third', 'three', LEASE);
    await leases.release('one');
    expect(await leases.take('watch', 'two', LEASE)).toMatchObject({ token: 2 });
    expect(await leases.take('board', 'two', LEASE)).toMatchObject({ token: 2 });
    expect(await leases.take('third', 'two', LEASE)).toBeUndefined();
  });

  it("hold nobody up when the database's own clock was put back", async () => {
    await leases.take('watch', 'one', LEASE);
    await ageLeases(engine.url, -HOUR);
    expect(await leases.take('watch', 'two', LEASE)).toMatchObject({ token: 2 });
    await ageLeases(engine.url, LEASE + 1);
    expect(await leases.take('watch', 'one', LEASE)).toMatchObject({ token: 3 });
  });

  it('are taken by one of many replicas at the same time', async () => {
    const other = await engine.replica(storage);
    const takers = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? leases : other.leases).take('watch', `replica-${n}`, LEASE),
    );
    expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
  });
});
