import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { type Instant, MINUTE } from '../domain/time.ts';
import type { Replica } from '../ports/replicas.ts';
import { isHeld } from './alone.ts';
import { connect, refusalOf } from './connect.ts';
import { migrationsOf } from './migrate.ts';
import { StorageRefused } from './refused.ts';
import { replicaStore } from './replica-store.ts';
import type { Schema } from './schema.ts';

/** A database as it stands, looked at from outside. */
export interface Inspection {
  /** A file that isn't there yet; the first start makes it. */
  isNew: boolean;
  /** Migrations that the next start makes. */
  pending: string[];
  /** Migrations that this program doesn't know: a newer one has made them. */
  unknown: string[];
  /** Processes of Groupwatch that gave a sign of life in the last minute. */
  running: Replica[];
  /** Some process keeps the SQLite file for itself. */
  held: boolean;
  newestAlert: { eventTime: Instant; raisedAt: Instant } | undefined;
}

/**
 * Looks at a database, and whether it can be written to, beside whoever runs on it; changes nothing. Throws a
 * `StorageRefused` with what to do about one that can't be used.
 */
export async function inspect(url: string, now: Instant): Promise<Inspection> {
  const path = url.startsWith('file:') ? url.slice('file:'.length) : undefined;
  const { engine, dialect } = path && !existsSync(path) ? { engine: 'sqlite' as const } : readable(url);
  const known = Object.keys(migrationsOf(engine));
  if (!dialect) {
    mayMake(path ?? '');
    return {
      isNew: true,
      pending: known,
      unknown: [],
      running: [],
      held: isHeld(url),
      newestAlert: undefined,
    };
  }
  const db = new Kysely<Schema>({ dialect });
  try {
    const done = await doneMigrations(db);
    await (path ? tryFile(path) : tryServer(db));
    const unknown = done.filter((name) => !known.includes(name));
    const pending = known.filter((name) => !done.includes(name));
    const ours = unknown.length + pending.length === 0;
    return {
      isNew: false,
      pending,
      unknown,
      running: done.includes('0003-jobs') ? await replicaStore(db).seenSince(now - MINUTE) : [],
      held: isHeld(url),
      newestAlert: ours ? await newestAlert(db) : undefined,
    };
  } catch (error) {
    throw refusalOf(error, url);
  } finally {
    await db.destroy();
  }
}

const readable = (url: string) => connect(url, { readonly: true });

/** Throws a `StorageRefused` when no file can be made there. */
function mayMake(path: string): void {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(`${folder}/`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StorageRefused(`file:${path} can't be made: check the path and its permissions.`, {
      cause: error,
    });
  }
}

async function doneMigrations(db: Kysely<Schema>): Promise<string[]> {
  try {
    const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.rows.map(({ name }) => name);
  } catch (error) {
    if (/no such table|relation .* does not exist/.test(String(error))) return [];
    throw error;
  }
}

/** As long as another program's write may take. */
const PATIENCE = 2_000;

/** A table is made and taken back: that needs every right that the program needs. */
function tryFile(path: string): void {
  const database = new SQLite(path, { fileMustExist: true, timeout: PATIENCE });
  try {
    database.exec('begin immediate; create table groupwatch_doctor (n integer); rollback');
  } finally {
    database.close();
  }
}

async function tryServer(db: Kysely<Schema>): Promise<void> {
  const trial = await db.startTransaction().execute();
  try {
    await sql`create table groupwatch_doctor (n integer)`.execute(trial);
  } finally {
    await trial.rollback().execute();
  }
}

async function newestAlert(db: Kysely<Schema>): Promise<Inspection['newestAlert']> {
  const row = await db
    .selectFrom('alert')
    .select(['event_time', 'raised_at'])
    .orderBy('raised_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { eventTime: row.event_time, raisedAt: row.raised_at };
}
