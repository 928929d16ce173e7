import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { type Dialect, PostgresDialect, type SqliteDatabase, SqliteDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Engine } from './migrations/0001-first.ts';
import { StorageRefused } from './refused.ts';

interface Options {
  /** The file must be there, and stays as it is. */
  readonly?: boolean;
  /** For commands that people wait for, and may pipe to a pager: nothing is given up because it takes long. */
  patient?: boolean;
}

/** What Kysely needs for a `file:` or `postgres://` address. */
export function connect(
  url: string,
  { readonly = false, patient = readonly }: Options = {},
): { dialect: Dialect; engine: Engine } {
  if (/^postgres(ql)?:/.test(url))
    return { dialect: new PostgresDialect({ pool: () => pool(url, patient) }), engine: 'postgres' };
  if (!url.startsWith('file:')) {
    throw new StorageRefused('DATABASE_URL must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE.');
  }
  const path = url.slice('file:'.length);
  if (readonly && !existsSync(path))
    throw new StorageRefused(`There is no database at ${url}: check DATABASE_URL.`);
  try {
    const database = readonly ? new SQLite(path, { readonly, timeout: 5_000 }) : openFile(path);
    return { dialect: new SqliteDialect({ database: remembering(database) }), engine: 'sqlite' };
  } catch (error) {
    throw refusalOf(error, url);
  }
}

/** Survives a power cut: every commit is on disk (WAL, synchronous FULL) before anybody is told. */
function openFile(path: string): SQLite.Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new SQLite(path, { timeout: 5_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Pages are copied from the log to the file every 16 MB instead of 4: a burst of events waits less for the disk.
  database.pragma('wal_autocheckpoint = 4000');
  return database;
}

const MOST_STATEMENTS = 100;

/** Kysely has every statement prepared anew, which costs as much as running it; here it is prepared once. */
function remembering(database: SQLite.Database): SqliteDatabase {
  const known = new Map<string, SQLite.Statement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      // SQLite has rolled back by itself when the disk is full; a second time would only hide the error that says so.
      if (sql === 'rollback' && !database.inTransaction) return database.prepare('select 1');
      const statement = known.get(sql) ?? database.prepare(sql);
      if (known.size >= MOST_STATEMENTS) known.clear();
      known.set(sql, statement);
      return statement;
    },
  };
}

/** A server that is gone without a word isn't waited for, and a replica that hangs in a transaction blocks nobody. */
const LIMITS = {
  query_timeout: 30_000,
  statement_timeout: 25_000,
  idle_in_transaction_session_timeout: 15_000,
};

/** The driver is loaded only where it is needed: with SQLite, its memory can be saved. */
async function pool(url: string, patient: boolean): Promise<Pool> {
  const { default: pg } = await import('pg');
  const made = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...(!patient && LIMITS),
    types: {
      // bigint comes as text by default; ours are times and counts, far below 2^53.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // A connection that drops is replaced, and whoever used it is told by his query; without listeners the errors
  // would end the process.
  made.on('error', () => undefined);
  made.on('connect', (client) => client.on('error', () => undefined));
  return made;
}

/** What a person has to do about a database that can't be used; the error itself when nobody knows. */
export function refusalOf(error: unknown, url: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const refuse = (message: string) => new StorageRefused(message, { cause: error });
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return refuse(`The database ${url} is locked: another program has it open. Stop that one first.`);
  }
  if (code === 'SQLITE_NOTADB')
    return refuse(`${url} is not a database of Groupwatch: choose another DATABASE_URL.`);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return refuse(`The disk under ${url} is full: make room.`);
  if (/^SQLITE_(CANTOPEN|READONLY)/.test(code) || code === 'EACCES') {
    return refuse(`${url} can't be opened: check the path and its permissions.`);
  }
  if (code === '42501' || code === '25006') {
    return refuse(
      `PostgreSQL lets nothing be written (${code}): give DATABASE_URL's user CREATE on the schema, on a server that takes writes.`,
    );
  }
  if (/^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28P01|3D000)$/.test(code)) {
    return refuse(
      `PostgreSQL can't be used (${code}): check host, database, user and password in DATABASE_URL.`,
    );
  }
  return error;
}
