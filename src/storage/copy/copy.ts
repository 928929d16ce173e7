import { Kysely, sql, type Transaction } from 'kysely';
import { MINUTE } from '../../domain/time.ts';
import { verify } from '../audit/verify.ts';
import { headOf, walk } from '../audit/walk.ts';
import { connect, refusalOf } from '../connect.ts';
import { migrate } from '../migrate.ts';
import { StorageRefused } from '../refused.ts';
import { replicaStore } from '../replica-store.ts';
import type { Schema } from '../schema.ts';
import { countOf, pagesOf, sameRows } from './read.ts';
import { type Row, TABLES } from './tables.ts';

/** What was copied: rows by table, and the length of the audit log. */
export interface CopyReport {
  rows: Record<string, number>;
  audited: number;
}

interface Wish {
  from: string;
  to: string;
  /** Called when a table has been copied and compared. */
  done: (table: string, rows: number) => void;
}

/**
 * Copies a database into an empty one of the other engine, or of the same: all of it or nothing. Every row is read
 * again and compared, and the audit log is verified, before it counts. Throws a StorageRefused that says what to do.
 */
export async function copyDatabase({ from, to, done }: Wish): Promise<CopyReport> {
  const source = new Kysely<Schema>({ dialect: connect(from, { readonly: true }).dialect });
  try {
    const { dialect, engine } = connect(to, { patient: true });
    const target = new Kysely<Schema>({ dialect });
    try {
      await migrate(target, engine);
      await sameVersion(source, target, from);
      await refuseUnlessEmpty(target, to);
      await refuseWhileRunning(source, from);
      const snapshot = await source.startTransaction().setIsolationLevel('repeatable read').execute();
      const report = await target.transaction().execute((trx) => copyAll(snapshot, trx, done));
      await snapshot.rollback().execute();
      return report;
    } catch (error) {
      throw refusalOf(error, to);
    } finally {
      await target.destroy();
    }
  } finally {
    await source.destroy();
  }
}

async function copyAll(
  source: Kysely<Schema>,
  target: Transaction<Schema>,
  done: Wish['done'],
): Promise<CopyReport> {
  const rows: Record<string, number> = {};
  for (const [table, key] of Object.entries(TABLES)) {
    for await (const page of pagesOf(source, table, key)) await write(target, table, page);
    rows[table] = await compare(source, target, table, key);
    done(table, rows[table]);
  }
  const verdict = await verify(walk(target), await headOf(target));
  if (verdict.is === 'broken') {
    throw new StorageRefused(
      `The audit log is broken at entry ${verdict.sequence} (${verdict.why}), and so it is in the copy; nothing was kept. npm run audit -- verify looks at the original.`,
    );
  }
  return { rows, audited: verdict.verified };
}

async function write(target: Transaction<Schema>, table: string, page: Row[]): Promise<void> {
  if (table === 'audit_head') {
    // Its one row is there from the beginning, and lets itself only be moved on.
    const { sequence, hash } = page[0] ?? {};
    await sql`update audit_head set sequence = ${sequence}, hash = ${hash}`.execute(target);
    return;
  }
  const columns = Object.keys(page[0] ?? {});
  const values = page.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(target);
}

/** Every row again, by its key; how many there are. */
async function compare(
  source: Kysely<Schema>,
  target: Transaction<Schema>,
  table: string,
  key: readonly string[],
): Promise<number> {
  let compared = 0;
  for await (const page of pagesOf(source, table, key)) {
    const copies = new Map((await sameRows(target, table, key, page)).map((row) => [nameOf(row, key), row]));
    for (const row of page) {
      const copy = copies.get(nameOf(row, key));
      const column = Object.keys(row).find((name) => !copy || copy[name] !== row[name]);
      if (column !== undefined)
        throw new StorageRefused(
          `Table ${table}, row ${nameOf(row, key)}: the copy differs in ${column}; nothing was kept.`,
        );
    }
    compared += page.length;
  }
  const there = await countOf(target, table);
  if (there !== compared)
    throw new StorageRefused(
      `Table ${table}: ${there} rows arrived instead of ${compared}; nothing was kept.`,
    );
  return compared;
}

const nameOf = (row: Row, key: readonly string[]): string =>
  key.map((column) => String(row[column])).join(' ');

async function sameVersion(source: Kysely<Schema>, target: Kysely<Schema>, from: string): Promise<void> {
  const namesIn = async (db: Kysely<Schema>): Promise<string> => {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name).join(' ');
  };
  const [theirs, ours] = [await namesIn(source).catch(() => ''), await namesIn(target)];
  if (theirs !== ours) {
    throw new StorageRefused(
      `${withoutPassword(from)} is not a database of this version of Groupwatch: start this version on it once, and stop it again.`,
    );
  }
}

async function refuseUnlessEmpty(target: Kysely<Schema>, to: string): Promise<void> {
  for (const table of Object.keys(TABLES)) {
    const rows = await countOf(target, table);
    const known = table === 'audit_head' ? 1 : 0;
    if (rows > known) {
      throw new StorageRefused(
        `${withoutPassword(to)} isn't empty (${rows} rows in ${table}): name a database that has nothing in it.`,
      );
    }
  }
}

async function refuseWhileRunning(source: Kysely<Schema>, from: string): Promise<void> {
  const [running] = await replicaStore(source).seenSince(Date.now() - MINUTE);
  if (running) {
    throw new StorageRefused(
      `Groupwatch runs on ${withoutPassword(from)} (${running.host}, process ${running.pid}): stop it, and wait a minute if it was killed.`,
    );
  }
}

/** An address as it may be shown. */
export const withoutPassword = (url: string): string => url.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1:…@');
