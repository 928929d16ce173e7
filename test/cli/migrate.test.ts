import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { take } from '../../src/domain/alert-lifecycle.ts';
import type { Storage } from '../../src/ports/storage.ts';
import { openAlone } from '../../src/storage/alone.ts';
import { connect } from '../../src/storage/connect.ts';
import { TABLES } from '../../src/storage/copy/tables.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { manyRaised, raised } from '../support/alerts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { runProgram } from '../support/program.ts';

const CHANNEL = { channel: 'C0ALERTS' };
const ALERTS = 257;

const migrate = (...words: string[]) => runProgram('src/cli/migrate.ts', words);

/** A database with something in every table. */
async function fill({ alerts, audit, jobs, leases, messages, replicas, watches }: Storage): Promise<void> {
  await alerts.raise(manyRaised(ALERTS - 1), []);
  const odd = raised({ requestParameters: { userName: 'ü\u{1f600}`\u202e', groupName: "'; drop table" } });
  await alerts.raise([odd], []);
  const outcome = take({ do: 'acknowledge', by: 'U0ANA', at: 5_000 }, odd.alert);
  if (!outcome.ok) throw new Error(outcome.refusal.because);
  const deed = { act: { do: 'acknowledge' }, by: { id: 'U0ANA', name: 'Ana' }, at: 5_000, key: 'k' } as const;
  await alerts.save(outcome.alert, deed);
  await audit.record({ at: 6_000, what: 'blind', facts: { why: 'x' } });
  await jobs.add({ id: 'j', kind: 'check', subject: 's', dueAt: 7_000 });
  await messages.notify('n', 'C0', { is: 'seeing', account: '1', since: 1, at: 2 }, 3);
  const turn = await leases.take('watch', 'one', 60_000);
  if (!turn) throw new Error('no turn');
  await watches.save({ account: '1', region: 'r', scan: 'tick', since: 1, watermark: 2 ** 45 }, turn);
  await watches.setBlindSince('1', 9);
  await replicas.beat({ holder: 'one', host: 'h', pid: 1, version: '0', startedAt: 1, seenAt: 1 });
}

describe('npm run migrate', () => {
  let from: FreshDatabase;
  let to: FreshDatabase;
  beforeAll(async () => {
    from = await freshDatabase('sqlite');
    to = await freshDatabase('postgres', { empty: true });
    const storage = await openStorage(from.url, CHANNEL);
    await fill(storage);
    await storage.close();
  });
  afterAll(async () => {
    await from.remove();
    await to.remove();
  });

  it('knows every table there is', async () => {
    const db = new Kysely<Schema>({ dialect: connect(from.url).dialect });
    const tables = (await db.introspection.getTables()).map(({ name }) => name);
    await db.destroy();
    expect(tables.toSorted()).toEqual(Object.keys(TABLES).toSorted());
  });

  it('refuses while Groupwatch runs on the file', async () => {
    const storage = await openAlone(from.url, CHANNEL);
    const { err, status } = await migrate('--from', from.url, '--to', to.url);
    await storage.close();
    expect(err).toContain(`Nothing was moved: Groupwatch runs on ${from.url} already: stop that one first`);
    expect(status).toBe(2);
  });

  it('keeps nothing when a row can not be copied', async () => {
    await byHand(from.url, "update watch set scan = scan || char(0) where account = '1'");
    const { err, status } = await migrate('--from', from.url, '--to', to.url);
    await byHand(from.url, "update watch set scan = 'tick' where account = '1'");
    expect(err).toContain('Nothing was moved: ');
    expect(status).toBe(1);
    const there = await openStorage(to.url, CHANNEL);
    expect((await there.alerts.search({ limit: 1, offset: 0 })).total).toBe(0);
    await there.close();
  });

  it('moves all to PostgreSQL, compares every row, and verifies the audit log', async () => {
    const { out, err, status } = await migrate('--from', from.url, '--to', to.url);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain(`alert: ${ALERTS} copied and compared`);
    expect(out).toContain(`the audit log is whole, ${ALERTS + 2} entries`);
    expect(out).not.toContain('postgres:postgres');
    const [old, moved] = [await openStorage(from.url, CHANNEL), await openStorage(to.url, CHANNEL)];
    const query = { limit: 999, offset: 0 };
    expect(await moved.alerts.search(query)).toEqual(await old.alerts.search(query));
    expect(await moved.audit.head()).toEqual(await old.audit.head());
    expect(await moved.watches.all()).toEqual(await old.watches.all());
    expect(await moved.alerts.raise(manyRaised(ALERTS - 1), [])).toEqual(Array(ALERTS - 1).fill('known'));
    await moved.audit.record({ at: 8_000, what: 'seeing', facts: {} });
    await old.close();
    await moved.close();
  });

  it('refuses a database that has something in it', async () => {
    const { err, status } = await migrate('--from', from.url, '--to', to.url);
    expect(err).toMatch(/Nothing was moved: postgres:\/\/postgres:….* isn't empty \(257 rows in alert\)/);
    expect(status).toBe(2);
  });

  it('moves back, too', async () => {
    const back = await freshDatabase('sqlite');
    const { err, status } = await migrate('--from', to.url, '--to', back.url);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    await back.remove();
  });

  it('refuses an audit log that somebody has changed', async () => {
    const there = await freshDatabase('postgres', { empty: true });
    await byHand(from.url, 'drop trigger audit_no_update', "update audit set what = 'x' where sequence = 7");
    const { err, status } = await migrate('--from', from.url, '--to', there.url);
    await there.remove();
    expect(err).toContain('The audit log is broken at entry 7');
    expect(status).toBe(2);
  });

  it.each([[[]], [['--from', 'file:x']], [['--form', 'x', '--to', 'y']]])(
    'explains itself to %j',
    async (words) => {
      const { err, status } = await migrate(...words);
      expect(err).toContain('usage: npm run migrate -- --from file:PATH --to postgres://');
      expect(status).toBe(2);
    },
  );
});

async function byHand(url: string, ...statements: string[]): Promise<void> {
  const db = new Kysely<Schema>({ dialect: connect(url).dialect });
  for (const statement of statements) await sql.raw(statement).execute(db);
  await db.destroy();
}
