import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/domain/time.ts';
import type { Timetable } from '../../src/domain/timetable.ts';
import type { JobStore } from '../../src/ports/jobs.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { regularly } from '../../src/work/regularly.ts';
import { ENGINES, type Engine } from '../storage/engines.ts';

const NINE = Date.UTC(2026, 10, 24, 9);
const DAILY: Timetable = { cron: '0 9 * * *', zone: 'UTC' };

describe.each(Object.entries(ENGINES))('what is told regularly, on %s', (_, start) => {
  let engine: Engine;
  let storage: Storage;
  let told: number[];
  let now: number;
  let fails: boolean;
  const clock = { now: () => now };
  beforeEach(async () => {
    engine = await start();
    storage = await engine.open();
    told = [];
    now = NINE - HOUR;
    fails = false;
  });
  afterEach(() => engine.dispose());

  const replica = (jobs: JobStore, when: Timetable | undefined = DAILY) =>
    regularly({
      kind: 'test.summary',
      when,
      jobs,
      clock,
      work: async (at) => {
        if (fails) throw new Error('Slack is away');
        told.push(at);
      },
    });

  /** What a worker does in one round; says how many jobs it did. */
  async function round({ jobs }: Storage, holder = 'one', when?: Timetable): Promise<number> {
    const kinds = ['test.summary'];
    const due = await jobs.claim({ kinds, limit: 9, holder, now, leaseMs: 60_000 });
    for (const job of due) {
      try {
        await replica(jobs, when).handler(job, new AbortController().signal);
        await jobs.finish(job.id, holder);
      } catch (error) {
        await jobs.later(job.id, holder, { dueAt: now + 1_000, failure: String(error) });
      }
    }
    return due.length;
  }

  it('comes at its time, and then at the next, once on two replicas', async () => {
    const other = await engine.replica(storage);
    await replica(storage.jobs).begin();
    await replica(other.jobs).begin();
    expect(await round(storage)).toBe(0);
    now = NINE;
    await Promise.all([round(storage, 'one'), round(other, 'two')]);
    expect(told).toEqual([NINE]);
    await replica(storage.jobs).begin();
    now = NINE + DAY - 1;
    expect(await round(storage)).toBe(0);
    now = NINE + DAY;
    await round(storage);
    expect(told).toEqual([NINE, NINE + DAY]);
  });

  it('is made up for once after days of sleep', async () => {
    await replica(storage.jobs).begin();
    now = NINE + 3 * DAY + HOUR;
    await replica(storage.jobs).begin();
    await round(storage);
    await round(storage);
    expect(told).toEqual([NINE]);
    now = NINE + 4 * DAY;
    await round(storage);
    expect(told).toEqual([NINE, NINE + 4 * DAY]);
  });

  it('is tried again under the same name', async () => {
    await replica(storage.jobs).begin();
    now = NINE;
    fails = true;
    await round(storage);
    fails = false;
    now += 1_000;
    await round(storage);
    expect(told).toEqual([NINE]);
  });

  it('keeps to the new times when they are changed, and is silent when it is turned off', async () => {
    await replica(storage.jobs).begin();
    const later = { cron: '0 10 * * *', zone: 'UTC' };
    await replica(storage.jobs, later).begin();
    now = NINE;
    expect(await round(storage, 'one', later)).toBe(1);
    expect(told).toEqual([]);
    now = NINE + HOUR;
    await round(storage, 'one', later);
    expect(told).toEqual([NINE + HOUR]);
    now = NINE + HOUR + DAY;
    const off = regularly({
      kind: 'x',
      when: undefined,
      jobs: storage.jobs,
      clock,
      work: async () => undefined,
    });
    await off.begin();
    const [job] = await storage.jobs.claim({
      kinds: ['test.summary'],
      limit: 1,
      holder: 'one',
      now,
      leaseMs: 60_000,
    });
    expect(job).toBeDefined();
    expect(job && (await off.handler(job, new AbortController().signal))).toEqual({ is: 'done' });
    expect(await storage.jobs.due(Number.MAX_SAFE_INTEGER)).toBe(1);
  });
});
