import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../../src/ports/storage.ts';
import { openStorage } from '../../src/storage/open.ts';
import { takeStep } from '../../src/use-cases/take-step.ts';
import { raised } from '../support/alerts.ts';
import { runProgram } from '../support/program.ts';

describe('npm run stats', () => {
  let folder: string;
  let url: string;
  let storage: Storage;
  const now = Date.now();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'groupwatch-stats-'));
    url = `file:${join(folder, 'groupwatch.db')}`;
    storage = await openStorage(url, { channel: 'C0ALERTS' });
    for (const [group, age] of [
      ['=cmd|calc', 1],
      ['admins', 2],
      ['admins', 40],
    ] as const) {
      const parameters = { userName: 'bob', groupName: group };
      const one = raised({
        eventID: `${group}-${age}`,
        requestID: `${group}-${age}`,
        requestParameters: parameters,
      });
      const raisedAt = now - age * 86_400_000;
      const alert = { ...one.alert, raisedAt, eventTime: raisedAt - 60_000 };
      await storage.alerts.raise([{ ...one, alert, lookedAt: raisedAt - 15_000 }], []);
      const step = takeStep({ ...storage, clock: { now: () => raisedAt + 90_000 }, redraw: () => undefined });
      await step({ alertId: alert.id, act: { do: 'acknowledge' }, by: { id: 'U0ANA' }, key: alert.id });
    }
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (words: string[], databaseUrl = url) =>
    runProgram('src/cli/stats.ts', words, { DATABASE_URL: databaseUrl });

  it('tells the numbers of the last 30 days, beside a running Groupwatch', async () => {
    const { status, out } = await run([]);
    expect(status).toBe(0);
    expect(out).toMatch(/^2 alerts from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\n/);
    expect(out).toContain('Delay of AWS, at least: 45 s, for 90 % at most 45 s (of 2)');
    expect(out).toContain('Until acknowledged: 1 min 30 s, for 90 % at most 1 min 30 s (of 2)');
    expect(out).toContain('by group\n  =cmd|calc: 1');
  });

  it('writes a line an alert, of which a spreadsheet makes no formula', async () => {
    const { status, out } = await run(['--csv', '--since', '90d']);
    expect(status).toBe(0);
    const [head = '', ...lines] = out.trimEnd().split('\r\n');
    expect(head).toMatch(
      /^\uFEFFalert,account,rule,group,severity,verdict,happened,raised,.*,to-resolve \(s\)$/,
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(",'=cmd|calc,low,");
    expect(lines[0]).toMatch(/,45,15,,90,,,$/);
  });

  it.each([[['--since', 'yesterday']], [['--since', '2126-01-01']], [['--xls']], [['all']]])(
    'says how it is used for %j',
    async (words) => {
      const { status, err } = await run(words);
      expect(status).toBe(2);
      expect(err).toContain('usage: npm run stats');
    },
  );

  it('says what is wrong with the database', async () => {
    const { status, err } = await run([], `file:${join(folder, 'nowhere.db')}`);
    expect(status).toBe(2);
    expect(err).toContain('There is no database at');
  });
});
