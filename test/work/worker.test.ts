import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { Handler } from '../../src/work/attempt.ts';
import type { Loop } from '../../src/work/loop.ts';
import { type Trace, traced } from '../../src/work/trace.ts';
import { worker } from '../../src/work/worker.ts';
import { ageLeases } from '../support/leases.ts';

const folder = mkdtempSync(join(tmpdir(), 'groupwatch-work-'));
let files = 0;
let url = '';
let storage: Storage;
const workers: Loop[] = [];
let now = 0;
let told: string[] = [];

const note = (facts: object, message: string): void => {
  told.push(`${message} ${JSON.stringify(facts)}`);
};
const log: Log = { debug: note, info: note, warn: note, error: note };

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  url = `file:${join(folder, `${files++}.db`)}`;
  storage = await openStorage(url, { channel: 'C0ALERTS' });
  now = 1_000_000;
  told = [];
});
afterEach(async () => {
  for (const one of workers.splice(0)) await one.stop();
  await storage.close();
});

interface Different {
  holder?: string;
  jobs?: Storage['jobs'];
  leaseMs?: number;
  drainMs?: number;
  log?: Log;
  within?: Trace['within'];
}

function startWorker(handlers: Record<string, Handler>, different: Different = {}): Loop {
  const { jobs } = storage;
  const made = worker({
    jobs,
    handlers,
    clock: { now: () => now },
    log,
    holder: 'one',
    drainMs: 100,
    ...different,
  });
  workers.push(made);
  made.start();
  return made;
}

const owe = (id: string, dueAt = now): Promise<void> =>
  storage.jobs.add({ id, kind: 'check', subject: id, dueAt });

/** A handler that a test lets end when it likes. */
function held() {
  const begun: string[] = [];
  const signals: AbortSignal[] = [];
  const free = new Map<string, () => void>();
  const handler: Handler = (job, signal) =>
    new Promise((resolve, reject) => {
      begun.push(job.id);
      signals.push(signal);
      free.set(job.id, () => resolve({ is: 'done' }));
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { begun, signals, handler, release: (id: string) => free.get(id)?.() };
}

async function until(true_: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(true_, { timeout: 5_000, interval: 5 }).toBe(true);
}
const owed = (): Promise<number> => storage.jobs.due(Number.MAX_SAFE_INTEGER);

describe('a worker', () => {
  it('does what is due, at once when it is woken, and later what is due later', async () => {
    const done: string[] = [];
    const works = startWorker({
      check: async ({ id }) => {
        done.push(id);
        return { is: 'done' };
      },
    });
    await owe('now');
    await owe('later', now + 5_000);
    await storage.jobs.add({ id: 'foreign', kind: 'of another version', subject: 'x', dueAt: now });
    works.wake();
    await until(() => done.length === 1);
    now += 5_000;
    works.wake();
    await until(async () => (await owed()) === 1);
    expect(done).toEqual(['now', 'later']);
  });

  it('does four at once and no more, and goes on when one has ended', async () => {
    const { begun, handler, release } = held();
    for (let n = 0; n < 6; n++) await owe(`j${n}`);
    startWorker({ check: handler });
    await until(() => begun.length === 4);
    await storage.jobs.due(now);
    expect(begun).toHaveLength(4);
    release('j2');
    await until(() => begun.length === 5);
    expect(begun[4]).toBe('j4');
  });

  it('asks again when the handler says so', async () => {
    let times = 0;
    const works = startWorker({
      check: async () => (++times < 3 ? { is: 'again', at: now + 1_000 } : { is: 'done' }),
    });
    await owe('j');
    for (let n = 1; n <= 3; n++) {
      works.wake();
      await until(async () => times === n && (await storage.jobs.due(now)) === 0);
      now += 1_000;
    }
    expect(await owed()).toBe(0);
  });

  it('tries again what failed, after 1 s, 2 s, 4 s and so on, and says so in the log', async () => {
    const tried: number[] = [];
    const began = now;
    const works = startWorker({
      check: async () => {
        tried.push(now - began);
        if (tried.length < 4) throw new Error('no answer');
        return { is: 'done' };
      },
    });
    await owe('j');
    for (const at of [0, 1_000, 3_000, 7_000]) {
      now = began + at - 1;
      works.wake();
      await until(async () => (await storage.jobs.due(now)) === 0);
      now = began + at;
      works.wake();
      await until(async () => (await storage.jobs.due(now)) === 0);
    }
    expect(tried).toEqual([0, 1_000, 3_000, 7_000]);
    expect(told.filter((line) => line.startsWith('a job failed'))).toHaveLength(3);
  });

  it('keeps its lease as long as the handler runs', async () => {
    const { begun, handler, release } = held();
    let renewals = 0;
    const { jobs } = storage;
    const extend: typeof jobs.extend = async (...args) => {
      const kept = await jobs.extend(...args);
      renewals++;
      return kept;
    };
    await owe('j');
    startWorker({ check: handler }, { leaseMs: 1_500, jobs: { ...jobs, extend } });
    await until(() => begun.length === 1);
    await until(() => renewals > 3);
    expect(await claimAs('two')).toEqual([]);
    release('j');
    await until(async () => (await owed()) === 0);
  });

  it('ends the handler when another replica has the job, and writes nothing more', async () => {
    const { begun, signals, handler } = held();
    await owe('j');
    startWorker({ check: handler }, { leaseMs: 3_000 });
    await until(() => begun.length === 1);
    await ageLeases(url, 3_001);
    expect(await claimAs('two')).toHaveLength(1);
    await until(() => signals[0]?.aborted === true);
    await until(() => told.some((line) => line.startsWith('a job was taken by another replica')));
    expect(await storage.jobs.finish('j', 'two')).toBe(true);
  });

  it('ends the handler when the database is away for longer than the lease', async () => {
    const { begun, signals, handler } = held();
    await owe('j');
    const { promise: asked, resolve: ask } = Promise.withResolvers<boolean | undefined>();
    const extend = () => {
      ask(signals[0]?.aborted);
      return Promise.reject(new Error('connection refused'));
    };
    startWorker({ check: handler }, { leaseMs: 900, jobs: { ...storage.jobs, extend } });
    await until(() => begun.length === 1);
    expect(await asked).toBe(false);
    await until(() => signals[0]?.aborted === true);
  });

  it('goes on by itself after the database was away, and says so once', async () => {
    let away = true;
    const claim: Storage['jobs']['claim'] = (request) =>
      away ? Promise.reject(new Error('connection refused')) : storage.jobs.claim(request);
    const works = startWorker({ check: async () => ({ is: 'done' }) }, { jobs: { ...storage.jobs, claim } });
    await owe('j');
    for (let n = 0; n < 5; n++) {
      works.wake();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    away = false;
    works.wake();
    await until(async () => (await owed()) === 0);
    expect(told.map((line) => line.split(' {')[0])).toEqual([
      'failed; trying again until it works',
      'works again',
    ]);
  });

  it('lets what is under way come to its end when it stops', async () => {
    const { begun, handler, release } = held();
    await owe('j');
    const works = startWorker({ check: handler });
    await until(() => begun.length === 1);
    const stopped = works.stop();
    await owe('too late');
    release('j');
    await stopped;
    expect(begun).toEqual(['j']);
    expect(await owed()).toBe(1);
  });

  it('ends what takes too long when it stops, and gives it back unharmed', async () => {
    const { begun, handler } = held();
    await owe('j');
    const works = startWorker({ check: handler }, { drainMs: 10 });
    await until(() => begun.length === 1);
    await works.stop();
    expect(await claimAs('two')).toMatchObject([{ id: 'j', failures: 0 }]);
  });
});

const claimAs = (holder: string) =>
  storage.jobs.claim({ kinds: ['check'], limit: 9, holder, now, leaseMs: 60_000 });

it('gives every line of a job the same id in the log', async () => {
  const { log: followed, within } = traced(log);
  await owe('a');
  startWorker(
    {
      check: async () => {
        followed.warn({}, 'something is odd');
        throw new Error('boom');
      },
    },
    { log: followed, within },
  );
  await until(() => told.some((line) => line.startsWith('a job failed')));
  const ids = told.map((line) => /"request":"(job-[0-9a-f]{8})"/.exec(line)?.[1]);
  expect(ids[0]).toBeDefined();
  expect(ids).toEqual([ids[0], ids[0]]);
});
