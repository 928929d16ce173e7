import { expect, it } from 'vitest';
import { type Status, statusAnswer } from '../../../src/slack/views/answers/status.ts';
import { checkBlocks } from '../../../src/standins/slack/block-kit.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const replica = { host: 'pod-1', pid: 7, version: '0.1.0', startedAt: NOW - 3_600_000, seenAt: NOW - 4_000 };
const status = (different: Partial<Status> = {}): Status => ({
  version: '0.1.0',
  startedAt: NOW - 3_600_000,
  now: NOW,
  accounts: [],
  queue: 12,
  jobs: 3,
  replicas: [replica, { ...replica, host: '<!channel>` *x*', pid: 8 }],
  counts: { open: 1, acknowledged: 2, resolved: 3 },
  attempts: { total: 7, since: 2 },
  exceptions: 1,
  sockets: { open: 2, of: 2 },
  ...different,
});
const textOf = (one: Status): string =>
  statusAnswer(one)
    .blocks.flatMap((block) => (block.type === 'section' ? [block.text?.text] : []))
    .join('\n');

it('status tells of every replica, of what waits for Slack, and of work that is due', () => {
  const text = textOf(status());
  expect(text).toContain('*Replicas* 2');
  expect(text).toMatch(/`pod-1` process 7, version 0\.1\.0, since <!date\^\d+\^.*>, seen 4 s ago/);
  expect(text).toContain("`&lt;!channel&gt;' *x*` process 8");
  expect(text).toContain('*Queue to Slack* 12');
  expect(text).toContain('*Work that is due* 3');
  expect(text).toContain('*Refused attempts* 7, 2 of them in the last 24 hours');
  expect(text).toContain('*Exceptions in force* 1');
});

it('status of several accounts, of which one is blind', async () => {
  const watched = {
    account: '111122223333',
    name: 'production',
    region: 'us-east-1',
    partition: 'aws',
    completedAt: NOW - 9_000,
    watermark: NOW - 20_000,
    lagMs: 9_000,
    sweptAt: { hourly: NOW - 1_800_000, daily: undefined },
    callsLastMinute: 4,
    waiting: { polls: 0, lookUps: 2 },
  };
  const blind = { ...watched, account: '444455556666', name: 'payments', blindSince: NOW - 900_000 };
  const drawn = statusAnswer(status({ accounts: [watched, blind] }));
  expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
  await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot('__snapshots__/answer-status.json');
});

it('status of very many replicas is still a message', () => {
  const replicas = Array.from({ length: 40 }, (_, pid) => ({ ...replica, host: 'h'.repeat(255), pid }));
  const { blocks } = statusAnswer(status({ replicas }));
  expect(checkBlocks(blocks, 'message')).toEqual([]);
  expect(textOf(status({ replicas }))).toContain('and 30 more');
});
