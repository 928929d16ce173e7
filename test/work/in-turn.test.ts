import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../src/ports/storage.ts';
import { openStorage } from '../../src/storage/open.ts';
import { inTurn } from '../../src/work/in-turn.ts';
import { standingTurn } from '../../src/work/standing-turn.ts';

let storage: Storage;
let now = 0;
const clock = { now: () => now };
const never = new AbortController().signal;

beforeEach(async () => {
  storage = await openStorage('file::memory:', { channel: 'C0ALERTS' });
  now = 1_000_000;
});
afterEach(() => storage.close());

const turnsOf = (holder: string, leaseMs = 30_000) =>
  inTurn({ leases: storage.leases, clock, holder, leaseMs });

describe('a turn', () => {
  it("is one replica's, also between two pieces of work, until its lease is over", async () => {
    const did: string[] = [];
    const work = (who: string) => async () => void did.push(who);
    expect(await turnsOf('one')('watch', never, work('one'))).toBe(true);
    expect(await turnsOf('two')('watch', never, work('two'))).toBe(false);
    expect(await turnsOf('one')('watch', never, work('one'))).toBe(true);
    now += 30_001;
    expect(await turnsOf('two')('watch', never, work('two'))).toBe(true);
    await storage.leases.release('two');
    expect(await turnsOf('one')('watch', never, work('one'))).toBe(true);
    expect(did).toEqual(['one', 'one', 'two', 'one']);
  });

  it('is kept on while the work lasts', async () => {
    const { leases } = storage;
    const renewed: number[] = [];
    const renew: typeof leases.renew = async (turn, until) => {
      const kept = await leases.renew(turn, until);
      renewed.push(until);
      return kept;
    };
    let end: () => void = () => undefined;
    const turns = inTurn({ leases: { ...leases, renew }, clock, holder: 'one', leaseMs: 60 });
    const working = turns(
      'watch',
      never,
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    for (let n = 0; n < 3; n++) {
      now += 40;
      await expect.poll(() => renewed.includes(now + 60)).toBe(true);
      expect(await leases.take('watch', 'two', now + 60, now + 61)).toBeUndefined();
    }
    end();
    expect(await working).toBe(true);
  });

  it('ends the work when somebody else has it', async () => {
    const working = turnsOf('one', 60)(
      'watch',
      never,
      (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve());
        }),
    );
    await expect
      .poll(() => storage.leases.take('watch', 'two', now + 61, now + 99))
      .toMatchObject({ token: 2 });
    expect(await working).toBe(true);
  });
});

describe('a standing turn', () => {
  it('asks the database now and then, and at once when the clock was put back', async () => {
    let asked = 0;
    const leases = {
      ...storage.leases,
      take: (...args: Parameters<Storage['leases']['take']>) => {
        asked++;
        return storage.leases.take(...args);
      },
    };
    const mine = standingTurn({ leases, lease: 'board', holder: 'one', clock, leaseMs: 15_000 });
    const theirs = standingTurn({ leases, lease: 'board', holder: 'two', clock, leaseMs: 15_000 });
    expect([await mine(), await mine(), await theirs(), await theirs()]).toEqual([true, true, false, false]);
    expect(asked).toBe(2);
    now += 5_000;
    expect([await mine(), await theirs()]).toEqual([true, false]);
    expect(asked).toBe(4);
    now -= 100_000;
    expect([await mine(), await theirs()]).toEqual([true, false]);
    expect(asked).toBe(6);
    now += 15_001;
    expect([await theirs(), await mine()]).toEqual([true, false]);
  });
});
