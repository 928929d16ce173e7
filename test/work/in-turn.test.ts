import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LeaseStore } from '../../src/ports/leases.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { openStorage } from '../../src/storage/open.ts';
import { inTurn } from '../../src/work/in-turn.ts';
import { standingTurn } from '../../src/work/standing-turn.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { ageLeases } from '../support/leases.ts';

let database: FreshDatabase;
let storage: Storage;
let leases: LeaseStore;
const never = new AbortController().signal;
const LEASE = 30_000;
const HOUR = 3_600_000;

beforeEach(async () => {
  database = await freshDatabase('sqlite');
  storage = await openStorage(database.url, { channel: 'C0ALERTS' });
  leases = storage.leases;
});
afterEach(async () => {
  vi.useRealTimers();
  await storage.close();
  await database.remove();
});

/** Work that lasts until its signal aborts or the test ends it. */
function working(holder: string, leaseMs: number, over: Partial<LeaseStore> = {}) {
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const abort = vi.fn<(why: string) => void>();
  const turns = inTurn({ leases: { ...leases, ...over }, holder, leaseMs });
  const ended = turns('watch', never, async (_, signal) => {
    signal.addEventListener('abort', () => {
      abort(String(signal.reason));
      end();
    });
    await promise;
  });
  return { end, ended, abort };
}

describe('a turn', () => {
  const turnsOf = (holder: string) => inTurn({ leases, holder, leaseMs: LEASE });

  it("is one replica's, also between two pieces of work, until its lease is over", async () => {
    const did: string[] = [];
    const work = (who: string) => async () => void did.push(who);
    expect(await turnsOf('one')('watch', never, work('one'))).toBe(true);
    expect(await turnsOf('two')('watch', never, work('two'))).toBe(false);
    expect(await turnsOf('one')('watch', never, work('one'))).toBe(true);
    await ageLeases(database.url, LEASE + 1);
    expect(await turnsOf('two')('watch', never, work('two'))).toBe(true);
    await leases.release('two');
    expect(await turnsOf('one')('watch', never, work('one'))).toBe(true);
    expect(did).toEqual(['one', 'one', 'two', 'one']);
  });

  it('is kept on while the work lasts, however its clock is set meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let renewals = 0;
    const renew: LeaseStore['renew'] = async (...args) => {
      const kept = await leases.renew(...args);
      renewals++;
      return kept;
    };
    const work = working('one', 1_500, { renew });
    for (const wrongBy of [3 * HOUR, -6 * HOUR, 3 * HOUR]) {
      vi.setSystemTime(Date.now() + wrongBy);
      const before = renewals;
      await expect.poll(() => renewals, { timeout: 5_000 }).toBeGreaterThan(before + 1);
      expect(await leases.take('watch', 'two', LEASE)).toBeUndefined();
    }
    work.end();
    expect(await work.ended).toBe(true);
    expect(work.abort).not.toHaveBeenCalled();
  }, 20_000);

  it('ends the work when somebody else has it', async () => {
    const work = working('one', 3_000);
    await expect
      .poll(async () => {
        await ageLeases(database.url, LEASE);
        return leases.take('watch', 'two', LEASE);
      })
      .toMatchObject({ token: 2 });
    expect(await work.ended).toBe(true);
    expect(work.abort.mock.calls).toEqual([['Error: another replica has the turn at watch now']]);
  });

  it('ends the work when the database is away for longer than its lease', async () => {
    let asked = 0;
    const renew: LeaseStore['renew'] = async () => {
      asked++;
      throw new Error('connection refused');
    };
    const work = working('one', 600, { renew });
    expect(await work.ended).toBe(true);
    expect(asked).toBeGreaterThan(0);
    expect(work.abort.mock.calls).toEqual([['Error: the lease of the turn at watch has run out']]);
  });

  it('is not lost by an answer that comes late, after those that were asked for later', async () => {
    let renewals = 0;
    const { promise: late, resolve: answer } = Promise.withResolvers<void>();
    const renew: LeaseStore['renew'] = async (...args) => {
      if (++renewals === 1) await late;
      return leases.renew(...args);
    };
    const work = working('one', 1_500, { renew });
    await expect.poll(() => renewals, { timeout: 10_000 }).toBeGreaterThan(5);
    answer();
    await expect.poll(() => renewals, { timeout: 10_000 }).toBeGreaterThan(6);
    work.end();
    expect(await work.ended).toBe(true);
    expect(work.abort).not.toHaveBeenCalled();
  }, 20_000);
});

describe('a standing turn', () => {
  it('asks the database now and then', async () => {
    let asked = 0;
    let elapsed = 1_000_000;
    const take: LeaseStore['take'] = (...args) => {
      asked++;
      return leases.take(...args);
    };
    const standing = (holder: string) =>
      standingTurn({
        leases: { ...leases, take },
        lease: 'board',
        holder,
        leaseMs: 15_000,
        elapsed: () => elapsed,
      });
    const [mine, theirs] = [standing('one'), standing('two')];
    expect([await mine(), await mine(), await theirs(), await theirs()]).toEqual([true, true, false, false]);
    expect(asked).toBe(2);
    elapsed += 5_000;
    expect([await mine(), await theirs()]).toEqual([true, false]);
    expect(asked).toBe(4);
    elapsed += 15_001;
    await ageLeases(database.url, 15_001);
    expect([await theirs(), await mine()]).toEqual([true, false]);
  });
});
