import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openAlone } from '../../src/storage/alone.ts';
import { openStorage } from '../../src/storage/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'groupwatch-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open = (name: string) => openStorage(`file:${join(folder, name)}`, { channel: 'C0ALERTS' });

describe('a database that can not be used is refused with what to do', () => {
  it('of a newer version', async () => {
    await (await open('newer.db')).close();
    const database = new SQLite(join(folder, 'newer.db'));
    database.prepare("insert into kysely_migration (name, timestamp) values ('9999-future', '2030')").run();
    database.close();
    await expect(open('newer.db')).rejects.toThrow('made by a newer version of Groupwatch');
  });

  it('that is no database', async () => {
    writeFileSync(join(folder, 'text.db'), 'x'.repeat(5_000));
    await expect(open('text.db')).rejects.toThrow('is not a database of Groupwatch');
  });

  it('that another program has locked', async () => {
    const database = new SQLite(join(folder, 'locked.db'));
    database.exec('begin exclusive');
    await expect(open('locked.db')).rejects.toThrow('is locked');
    database.close();
  });

  it('at an address of another kind, or where nobody answers', async () => {
    await expect(openStorage('mysql://x', { channel: 'C' })).rejects.toThrow('DATABASE_URL must be');
    await expect(openStorage('postgres://u:p@127.0.0.1:9/x', { channel: 'C' })).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});

describe('one process a SQLite file', () => {
  const url = `file:${join(folder, 'alone.db')}`;
  const alone = () => openAlone(url, { channel: 'C0ALERTS' });

  /** Also a test that fails leaves no process behind. */
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** Another process that has the file, once it says so. */
  async function otherProcess(): Promise<ChildProcess> {
    const module = join(import.meta.dirname, '../../src/storage/alone.ts');
    const code = `const { openAlone } = await import(${JSON.stringify(module)});
      globalThis.kept = await openAlone(${JSON.stringify(url)}, { channel: 'C' });
      console.log('open');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  it('refuses a second one, until the first is gone, even by kill -9', async () => {
    const first = await otherProcess();
    await expect(alone()).rejects.toThrow(`runs on ${url} already: stop that one first`);
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    await (await alone()).close();
    await (await alone()).close();
  });

  it('starts anew with what a killed one had under way', async () => {
    const reader = await openStorage(url, { channel: 'C0ALERTS' });
    const notice = { is: 'blind', account: '1', since: 1, why: 'x', remedy: 'y' } as const;
    await reader.messages.notify('n', 'C0ALERTS', notice, 0);
    await reader.jobs.add({ id: 'j', kind: 'check', subject: 's', dueAt: 0 });
    const request = { limit: 1, now: 0, leaseMs: 60_000 };
    await reader.messages.claim({ ...request, holder: 'killed' });
    await reader.jobs.claim({ ...request, kinds: ['check'], holder: 'killed' });
    await reader.leases.take('watch', 'killed', 60_000);
    await reader.close();
    const next = await alone();
    expect(await next.messages.claim({ ...request, holder: 'next' })).toHaveLength(1);
    expect(await next.jobs.claim({ ...request, kinds: ['check'], holder: 'next' })).toHaveLength(1);
    expect(await next.leases.take('watch', 'next', 60_000)).toMatchObject({ token: 2 });
    await next.close();
  });

  it('hinders no reader', async () => {
    const first = await otherProcess();
    const reader = await openStorage(url, { channel: 'C0ALERTS' });
    expect(await reader.replicas.seenSince(0)).toEqual([]);
    await reader.close();
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
  });

  it('says which path it can not use', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const inFile = openAlone(`file:${join(folder, 'a-file/x.db')}`, { channel: 'C0ALERTS' });
    await expect(inFile).rejects.toThrow("a-file/x.db.lock can't be made");
  });
});

it('makes the folder, and writes durably', async () => {
  await (await open('deep/er/new.db')).close();
  const database = new SQLite(join(folder, 'deep/er/new.db'));
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  database.close();
});
