import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openAlone } from '../../src/storage/alone.ts';
import { openAudit } from '../../src/storage/audit/open.ts';
import { verify } from '../../src/storage/audit/verify.ts';
import { manyRaised } from '../support/alerts.ts';
import { runProgram } from '../support/program.ts';

const CHANNEL = { channel: 'C0ALERTS' };

const backup = (url: string, ...words: string[]) =>
  runProgram('src/cli/backup.ts', words, { DATABASE_URL: url });

describe('npm run backup', () => {
  let folder: string;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'groupwatch-backup-'));
    url = `file:${join(folder, 'groupwatch.db')}`;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('copies a database that is written to all the while, and the copy can be started from', async () => {
    const file = join(folder, 'backup.db');
    const running = await openAlone(url, CHANNEL);
    await running.alerts.raise(manyRaised(500, 'before'), []);
    let writing = true;
    const written = (async () => {
      for (let n = 0; writing; n++) {
        await running.alerts.raise(manyRaised(20, `during-${n}`), []);
        // SQLite answers before anything else gets a turn.
        await setImmediate();
      }
    })();
    const { out, err, status } = await backup(url, file);
    writing = false;
    await written;
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain(`backed up ${url} to ${file}`);
    expect(existsSync(`${file}-wal`)).toBe(false);

    const restored = await openAlone(`file:${file}`, CHANNEL);
    const all = (await restored.alerts.search({ limit: 1, offset: 0 })).total;
    expect(all).toBeGreaterThanOrEqual(500);
    // A page of alerts is there as a whole or not at all.
    expect(all % 20).toBe(0);
    expect((await restored.messages.claim({ limit: 1, holder: 'h', now: 0, leaseMs: 60_000 })).length).toBe(
      1,
    );
    await restored.close();
    const audit = await openAudit(`file:${file}`);
    expect(await verify(audit.rows(), audit.head)).toMatchObject({ is: 'whole', verified: all });
    await audit.close();
    await running.close();
  });

  it('overwrites nothing, and says what it needs', async () => {
    const taken = join(folder, 'taken');
    await writeFile(taken, 'mine');
    expect(await backup(url, taken)).toMatchObject({
      err: expect.stringContaining('is there already'),
      status: 2,
    });
    expect(await backup(`file:${join(folder, 'no.db')}`, join(folder, 'x'))).toMatchObject({
      err: expect.stringContaining('There is no database at'),
      status: 2,
    });
    expect(await backup(`${inject('postgres')}/postgres`, join(folder, 'x'))).toMatchObject({
      err: expect.stringContaining('pg_dump'),
      status: 2,
    });
    expect(await backup(url)).toMatchObject({ err: 'usage: npm run backup -- FILE\n', status: 2 });
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});
