import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { countJobs } from '../../src/metrics/counted-jobs.ts';
import { type Metrics, makeMetrics } from '../../src/metrics/metrics.ts';
import { countRaised, countRuns } from '../../src/metrics/raised.ts';
import { openStorage } from '../../src/storage/open.ts';
import { manyRaised } from '../support/alerts.ts';
import { attemptAt } from '../support/attempts.ts';
import { freshDatabase } from '../support/database.ts';

const deploy = join(resolve(import.meta.dirname, '../..'), 'deploy');

async function fresh() {
  const database = await freshDatabase('sqlite');
  const storage = await openStorage(database.url, { channel: 'C0ALERTS' });
  const metrics = makeMetrics({ version: '0.1.0', ofProcess: false });
  onTestFinished(async () => {
    await storage.close();
    await database.remove();
  });
  let now = 1_000_000;
  const clock = { now: () => now };
  const page = metrics.page({ storage, clock, startedAt: now, sockets: () => ({ open: 1, of: 2 }) });
  return {
    storage,
    metrics,
    wait(ms: number) {
      now += ms;
    },
    lines: async () => (await page()).body.split('\n').filter((line) => !line.startsWith('#')),
  };
}

describe('the numbers of the database', () => {
  it('are left out while it does not answer, and come back with it', async () => {
    const { storage, lines } = await fresh();
    const due = storage.jobs.due;
    expect(await lines()).toContain('groupwatch_blind_accounts 0');
    storage.jobs.due = () => Promise.reject(new Error('away'));
    const away = await lines();
    expect(away).toContain('groupwatch_database_up 0');
    expect(away).toContain('groupwatch_connections_open 1');
    expect(away.filter((line) => /blind|poll_age|sweep_age|alerts|queue|jobs_due/.test(line))).toEqual([]);
    storage.jobs.due = due;
    expect(await lines()).toEqual(
      expect.arrayContaining(['groupwatch_database_up 1', 'groupwatch_blind_accounts 0']),
    );
  });

  it('count from the start while no poll was complete', async () => {
    const { lines, wait } = await fresh();
    wait(90_000);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'groupwatch_last_complete_poll_age_seconds 90',
        'groupwatch_last_complete_sweep_age_seconds{over="24h"} 90',
      ]),
    );
  });

  it('are of the account that was looked at longest ago', async () => {
    const { storage, lines, wait } = await fresh();
    const turn = await storage.leases.take('l', 'h', 1);
    if (!turn) throw new Error('nobody else wants it');
    const swept = { region: 'us-east-1', scan: 'daily', since: 0 } as const;
    await storage.watches.save({ ...swept, account: '1', completedAt: 1_000_000 }, turn);
    await storage.watches.save({ ...swept, account: '2', completedAt: 1_050_000 }, turn);
    wait(60_000);
    expect(await lines()).toContain('groupwatch_last_complete_sweep_age_seconds{over="14d"} 60');
  });

  it('tell for how long the oldest message waits, and forget it once it is shown', async () => {
    const { storage, lines, wait } = await fresh();
    await storage.messages.notify('n', 'C0ALERTS', { is: 'seeing', account: '1', since: 0, at: 1 }, 1);
    await lines();
    wait(30_000);
    await storage.messages.notify('m', 'C0ALERTS', { is: 'seeing', account: '1', since: 0, at: 1 }, 2);
    expect(await lines()).toContain('groupwatch_board_queue_oldest_seconds 30');
    for (const id of ['n']) {
      await storage.messages.claim({ limit: 1, holder: 'h', now: 0, leaseMs: 60_000 });
      await storage.messages.shown(id, 'h', { channel: 'C0ALERTS', ts: '1.0', version: 1, at: 1 });
    }
    wait(5_000);
    expect(await lines()).toContain('groupwatch_board_queue_oldest_seconds 5');
  });
});

describe('delays', () => {
  const measured = async (metrics: Metrics, end: '_sum' | '_count') =>
    Promise.all(
      [metrics.awsDelay, metrics.pollDelay].map(
        async (one) => (await one.get()).values.find(({ metricName }) => metricName?.endsWith(end))?.value,
      ),
    );
  const [raised] = manyRaised(1);
  const of = (eventTime: number, raisedAt: number) => {
    if (!raised) throw new Error('nothing is raised');
    return { ...raised, alert: { ...raised.alert, eventTime, raisedAt } };
  };

  it.each([
    ['an event that the last poll could not see yet', 10_000, 9_000, 12_000, [0, 2]],
    ['an event that CloudTrail kept for minutes', 10_000, 250_000, 265_000, [240, 15]],
    ['an event of a clock that is ahead', 20_000, 9_000, 12_000, [0, 0]],
    ['the first poll, which can not tell', 10_000, undefined, 12_000, [0, 0]],
  ])('are split for %s', async (_, eventTime, lastPoll, raisedAt, expected) => {
    const { storage, metrics } = await fresh();
    const alerts = countRaised(storage.alerts, () => lastPoll, metrics);
    await alerts.raise([of(eventTime, raisedAt)], []);
    await alerts.raise([of(eventTime, raisedAt)], []);
    expect(await measured(metrics, '_sum')).toEqual(expected);
    const times = lastPoll === undefined ? 0 : 1;
    expect(await measured(metrics, '_count')).toEqual([times, times]);
    expect((await metrics.raised.get()).values).toEqual([{ labels: { severity: 'low' }, value: 1 }]);
  });
});

it('counts the alert of a run of refused attempts, once', async () => {
  const { storage, metrics } = await fresh();
  const [one] = manyRaised(1);
  if (!one) throw new Error('nothing is raised');
  const attempts = countRuns(storage.attempts, metrics);
  const of = { account: '111122223333', actor: 'arn:aws:iam::111122223333:user/trudy' };
  for (const seconds of [0, 1]) {
    await storage.alerts.raise([], [attemptAt(seconds)]);
    await attempts.count(of, 1, (run) => [{ run, raised: one }]);
  }
  expect((await metrics.raised.get()).values).toEqual([{ labels: { severity: 'low' }, value: 1 }]);
});

it('counts jobs that fail, and not those that were ended', async () => {
  const metrics = makeMetrics({ version: '0.1.0', ofProcess: false });
  const ended = new AbortController();
  ended.abort();
  const fail = () => Promise.reject(new Error('boom'));
  const { check } = countJobs({ check: fail }, metrics);
  const job = { id: 'j', kind: 'check', subject: 's', dueAt: 0, failures: 0 };
  await expect(check?.(job, new AbortController().signal)).rejects.toThrow('boom');
  await expect(check?.(job, ended.signal)).rejects.toThrow('boom');
  expect((await metrics.jobs.get()).values).toEqual([
    { labels: { kind: 'check', outcome: 'failed' }, value: 1 },
  ]);
});

describe('what is under deploy/', () => {
  const dashboard = z
    .object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })) })
    .parse(JSON.parse(readFileSync(join(deploy, 'grafana-dashboard.json'), 'utf8')));
  const rules = z
    .object({
      groups: z.array(
        z.object({
          name: z.string(),
          rules: z.array(
            z.object({
              alert: z.string(),
              expr: z.string(),
              labels: z.object({ severity: z.enum(['warning', 'critical']) }),
              annotations: z.object({ summary: z.string(), remedy: z.string() }),
            }),
          ),
        }),
      ),
    })
    .parse(parse(readFileSync(join(deploy, 'alert-rules.yml'), 'utf8')));
  const expressions = [
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
  ];

  /** Every series that the program has, and the labels of each; Prometheus adds `job` and `instance`. */
  async function series(): Promise<Map<string, string[]>> {
    const metrics = makeMetrics({ version: '0.1.0', ofProcess: true });
    const known = new Map<string, string[]>();
    for (const [, name = '', type] of (await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      const own = Object.values(metrics).find((one) => Reflect.get(one, 'name') === name);
      const labels: string[] = (own && Reflect.get(own, 'labelNames')) ?? [];
      const ends = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      for (const end of ends) known.set(name + end, end === '_bucket' ? [...labels, 'le'] : labels);
    }
    return known;
  }

  it('names only metrics that there are', async () => {
    const known = await series();
    const named = expressions.flatMap(
      (one) => one.match(/\b(?:groupwatch|process|nodejs)_[a-z0-9_]+/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(40);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('names only labels that they have', async () => {
    const known = await series();
    for (const expression of expressions) {
      const names = expression.match(/\b(?:groupwatch|process|nodejs)_[a-z0-9_]+/g) ?? [];
      const allowed = new Set(['instance', ...names.flatMap((name) => known.get(name) ?? [])]);
      const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) =>
        labels.split(/, */),
      );
      const matched = [...expression.matchAll(/(\w+)(?:=~|!=|=)"/g)].map(([, label = '']) => label);
      expect([expression, [...grouped, ...matched].filter((label) => !allowed.has(label))]).toEqual([
        expression,
        [],
      ]);
    }
  });

  it('shows every metric of our own', () => {
    const own = Object.values(makeMetrics({ version: '0.1.0', ofProcess: false })).flatMap((one) =>
      typeof one === 'object' ? Reflect.get(one, 'name') : [],
    );
    expect(own.filter((name) => !expressions.some((one) => one.includes(name)))).toEqual([
      'groupwatch_connections_wanted',
    ]);
  });
});
