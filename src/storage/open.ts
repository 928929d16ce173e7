import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { type Dialect, Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import type { Storage } from '../ports.ts';
import { alertStore } from './alert-store.ts';
import { jobStore } from './job-store.ts';
import { forgetLeases } from './lease.ts';
import { leaseStore } from './lease-store.ts';
import { messageStore } from './message-store.ts';
import { migrate } from './migrate.ts';
import type { Engine } from './migrations/0001-first.ts';
import { StorageRefused } from './refused.ts';
import { replicaStore } from './replica-store.ts';
import type { Schema } from './schema.ts';
import { watchStore } from './watch-store.ts';

export interface OpenOptions {
  /** Where new cards go. */
  channel: string;
  /** No other process is on the database, and none can come. */
  alone?: boolean;
}

/** Opens the database of a `file:` or `postgres://` address. */
export async function openStorage(url: string, { channel, alone }: OpenOptions): Promise<Storage> {
  const { dialect, engine } = connect(url);
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db, engine);
    if (alone) await forgetLeases(db);
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw refusalOf(error, url);
  }
  return {
    alerts: alertStore(db, { channel }),
    messages: messageStore(db),
    jobs: jobStore(db),
    leases: leaseStore(db),
    replicas: replicaStore(db),
    watches: watchStore(db),
    close: () => db.destroy(),
  };
}

function connect(url: string): { dialect: Dialect; engine: Engine } {
  if (/^postgres(ql)?:/.test(url))
    return { dialect: new PostgresDialect({ pool: pool(url) }), engine: 'postgres' };
  if (!url.startsWith('file:')) {
    throw new StorageRefused('DATABASE_URL must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE.');
  }
  try {
    return {
      dialect: new SqliteDialect({ database: openFile(url.slice('file:'.length)) }),
      engine: 'sqlite',
    };
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
  return database;
}

function pool(url: string): pg.Pool {
  const made = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // A server that is gone without a word isn't waited for, and a replica that hangs in a transaction blocks nobody.
    query_timeout: 30_000,
    statement_timeout: 25_000,
    idle_in_transaction_session_timeout: 15_000,
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

function refusalOf(error: unknown, url: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const refuse = (message: string) => new StorageRefused(message, { cause: error });
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return refuse(`The database ${url} is locked: another program has it open. Stop that one first.`);
  }
  if (code === 'SQLITE_NOTADB')
    return refuse(`${url} is not a database of Groupwatch: choose another DATABASE_URL.`);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return refuse(`The disk under ${url} is full: make room.`);
  if (/^SQLITE_(CANTOPEN|READONLY)/.test(code) || code === 'EACCES') {
    return refuse(`${url} can't be opened for writing: check the path and its permissions.`);
  }
  if (/^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28P01|3D000)$/.test(code)) {
    return refuse(
      `PostgreSQL can't be used (${code}): check host, database, user and password in DATABASE_URL.`,
    );
  }
  return error;
}
