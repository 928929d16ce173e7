import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../src/polling/sweep.ts';
import { tick } from '../../src/polling/tick.ts';
import { type EventSource, SourceFailure } from '../../src/ports/cloudtrail.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import type { Looked } from '../../src/use-cases/raise-alerts.ts';
import type { WatchHealth } from '../../src/use-cases/watch-health.ts';
import { inTurn } from '../../src/work/in-turn.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';
import { ageLeases } from '../support/leases.ts';

const START = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const ACCOUNT = '111122223333';
const never = new AbortController().signal;
const silent = () => undefined;
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

describe.each(Object.entries(ENGINES))('one replica polls for all, on %s', (_, start) => {
  let engine: Engine;
  let first: Storage;
  let other: Storage;
  let now: number;
  let health: string[];
  beforeEach(async () => {
    engine = await start();
    first = await engine.open();
    other = await engine.replica(first);
    now = START;
    health = [];
  });
  afterEach(() => engine.dispose());

  /** A replica, and the windows that it has read. */
  function replica(
    holder: string,
    { watches, leases }: Storage,
    onScan: (behindPolls?: boolean) => Promise<void> = async () => undefined,
  ) {
    const windows: { start: number; end: number; behindPolls?: boolean }[] = [];
    /** When the look before each of them began. */
    const before: (number | undefined)[] = [];
    const source: EventSource = {
      identity: async () => ({
        account: ACCOUNT,
        partition: 'aws',
        arn: 'arn:aws:iam::111122223333:root',
      }),
      async *pages({ window, behindPolls }) {
        windows.push({ ...window, behindPolls });
        await onScan(behindPolls);
        yield [];
      },
      clockSkew: () => 0,
      waiting: () => ({ polls: 0, lookUps: 0 }),
      callsLastMinute: () => 0,
    };
    const told: WatchHealth = {
      succeeded: async () => void health.push(`${holder} sees`),
      failed: async (account, error) => void health.push(`${holder} is blind in ${account}: ${error}`),
      underWay: async () => undefined,
      missed: async (account) => void health.push(`${holder} missed events of ${account}`),
    };
    const scanning = {
      source,
      watches,
      raise: async (_readings: unknown, { lookedAt }: Looked) => {
        before.push(lookedAt);
        return { records: 0, raised: 0, known: 0, linked: 0, exempted: 0, refused: 0, unreadable: 0 };
      },
      clock: { now: () => now },
      log,
      eventNames: ['an event'],
      region: 'us-east-1',
      cards: 100,
      settleBurst: async () => undefined,
      inTurn: inTurn({ leases, holder }),
    } satisfies Partial<Parameters<typeof tick>[0]>;
    const turn = tick({
      ...scanning,
      health: told,
      lookback: 60 * MINUTE,
      identity: (signal) => source.identity(signal),
    });
    const late = sweep({ ...scanning, account: () => ACCOUNT });
    return { turn: () => turn(never), sweep: () => late(never), windows, before, source };
  }
  const watermark = async (): Promise<number | undefined> =>
    (await first.watches.find(ACCOUNT, 'us-east-1', 'tick'))?.watermark;

  it('says of what it reads when the look before began, whoever looked', async () => {
    const [one, two] = [replica('one', first), replica('two', other)];
    await one.sweep();
    expect(one.before).toEqual([]);
    await one.turn();
    await one.sweep();
    expect(one.before).toEqual([undefined, undefined, undefined]);
    now = START + MINUTE;
    await ageLeases(engine.url, MINUTE);
    await two.turn();
    await two.sweep();
    expect(two.before).toEqual([START]);
    now = START + 62 * MINUTE;
    await two.turn();
    await two.sweep();
    expect(two.before).toEqual([START, START + MINUTE, START]);
  });

  it('and goes on polling while a sweep is under way, which lets the polls go first', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const one = replica('one', first, async (behindPolls) => (behindPolls ? released : undefined));
    await one.turn();
    const sweeping = one.sweep();
    await expect.poll(() => one.windows.length).toBe(2);
    now += 15_000;
    await one.turn();
    expect(await watermark()).toBe(now);
    expect(await first.watches.find(ACCOUNT, 'us-east-1', 'hourly')).toBeUndefined();
    release();
    await sweeping;
    expect(one.windows.map(({ behindPolls }) => behindPolls)).toEqual([false, true, false, true]);
    expect((await first.watches.find(ACCOUNT, 'us-east-1', 'daily'))?.completedAt).toBe(now);
  });

  it('and a sweep that breaks off is due until it comes to its end, and leaves the watermark', async () => {
    let broken = true;
    const one = replica('one', first, async (behindPolls) => {
      if (behindPolls && broken) throw new SourceFailure('throttled', 'slow down');
    });
    await one.turn();
    await one.sweep();
    expect(health).toEqual(['one sees']);
    broken = false;
    now += MINUTE;
    await one.sweep();
    expect((await first.watches.find(ACCOUNT, 'us-east-1', 'hourly'))?.completedAt).toBe(now);
    expect(await watermark()).toBe(START);
    await one.sweep();
    expect(one.windows).toHaveLength(4);
  });

  it('and another one when that one stops or dies', async () => {
    const one = replica('one', first);
    const two = replica('two', other);
    await one.turn();
    await two.turn();
    now += 15_000;
    await two.turn();
    await one.turn();
    expect([one.windows.length > 0, two.windows]).toEqual([true, []]);
    expect(await watermark()).toBe(now);

    now += 31_000;
    await ageLeases(engine.url, 31_000);
    await two.turn();
    expect(two.windows[0]?.end).toBe(now);
    const polled = one.windows.length;
    await one.turn();
    expect(one.windows).toHaveLength(polled);
    await other.leases.release('two');
    await one.turn();
    expect(one.windows.length).toBeGreaterThan(polled);
  });

  it('and one that hung does not set the watermark back, nor say that it sees', async () => {
    const two = replica('two', other);
    const one = replica('one', first, async () => {
      if (now !== START) return;
      now += 31_000;
      await ageLeases(engine.url, 31_000);
      await two.turn();
    });
    await one.turn();
    expect(await watermark()).toBe(START + 31_000);
    expect(health).toEqual(['two sees']);
  });

  it('and has no watermark in the future, though its clock be ahead', async () => {
    const one = replica('one', first);
    one.source.clockSkew = () => -3 * 60 * MINUTE;
    now += 3 * 60 * MINUTE;
    await one.turn();
    expect(await watermark()).toBeLessThanOrEqual(START);
    expect(await watermark()).toBeGreaterThan(START - MINUTE);
  });

  it('and tells when it can not, also before it knows the account', async () => {
    const one = replica('one', first, () => Promise.reject(new SourceFailure('throttled', 'slow down')));
    await one.turn();
    one.source.identity = () => Promise.reject(new Error('who am I?'));
    await one.turn();
    expect(health).toEqual([
      'one is blind in 111122223333: SourceFailure: slow down',
      'one is blind in unknown: Error: who am I?',
    ]);
  });
});
