import { join } from 'node:path';
import type { Clock } from '../../src/ports/clock.ts';
import { viewFor } from '../../src/slack/home/view-for.ts';
import { permalinks } from '../../src/slack/permalink.ts';
import { openStorage } from '../../src/storage/open.ts';
import { manyRaised } from '../support/alerts.ts';
import type { Figure } from './figure.ts';

const ALERTS = 10_000;
const FEW = 100;
const ROUNDS = 15;
const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** The Home tab, read from the database and made, with everything open and a tenth of it one person's. */
export async function homeSpeed(folder: string): Promise<Figure[]> {
  return [
    {
      name: `Home drawn at ${ALERTS} alerts`,
      value: await drawn(join(folder, 'home.db'), ALERTS),
      unit: 'ms',
      comparison: `the same at ${FEW} alerts, ms`,
      against: await drawn(join(folder, 'home-few.db'), FEW),
    },
  ];
}

async function drawn(path: string, count: number): Promise<number> {
  const clock: Clock = { now: Date.now };
  const storage = await openStorage(`file:${path}`, { channel: 'C0BENCH' });
  const { alerts, responses } = storage;
  const events = manyRaised(count).map(({ alert, ...one }, n) => ({
    ...one,
    alert: {
      ...alert,
      raisedAt: Date.now() - n * 60_000,
      severity: SEVERITIES[n % 4] ?? 'low',
      ...(n % 10 === 0 && { assignee: { to: 'U0ANA', by: 'U0BEN', at: 0 } }),
    },
  }));
  for (let at = 0; at < count; at += 500) await alerts.raise(events.slice(at, at + 500), []);
  const view = viewFor({
    ...storage,
    mayRespond: async () => undefined,
    mayApprove: async () => undefined,
    permalinkOf: permalinks(storage.messages, 'https://bench.slack.com/'),
    clock,
    alerts,
    responses,
    status: async () => ({
      version: '0',
      startedAt: 0,
      now: clock.now(),
      accounts: [],
      queue: await storage.messages.behind(),
      jobs: await storage.jobs.due(clock.now()),
      replicas: [],
      counts: await alerts.countByState(),
      sockets: { open: 2, of: 2 },
      attempts: { total: 0, since: 0 },
      exceptions: 0,
    }),
  });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await view({ id: 'U0ANA' }, { page: 0 });
    times.push(performance.now() - began);
  }
  await storage.close();
  return times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

if (import.meta.main) {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-bench-'));
  for (const figure of await homeSpeed(folder)) console.log(JSON.stringify(figure));
  await rm(folder, { recursive: true, force: true });
}
