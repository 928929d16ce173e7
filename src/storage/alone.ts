import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import type { Storage } from '../ports/storage.ts';
import { openStorage } from './open.ts';
import { StorageRefused } from './refused.ts';

/** Opens the database as the one process that may run on a SQLite file; PostgreSQL takes any number. */
export async function openAlone(url: string, options: { channel: string }): Promise<Storage> {
  const letGo = holdAlone(url);
  try {
    const storage = await openStorage(url, { ...options, alone: url.startsWith('file:') });
    return {
      ...storage,
      async close() {
        await storage.close();
        letGo();
      },
    };
  } catch (error) {
    letGo();
    throw error;
  }
}

/**
 * Locks a file beside the database. The lock is the operating system's, so it ends with the process, however that
 * ends, and is never left over. The database itself stays open to readers and backups.
 */
export function holdAlone(url: string): () => void {
  if (!url.startsWith('file:')) return () => undefined;
  const path = lockOf(url);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const lock = new SQLite(path, { timeout: 0 });
    lock.exec('begin exclusive');
    return () => lock.close();
  } catch (error) {
    const why = isTaken(error)
      ? `Groupwatch runs on ${url} already: stop that one first. Several at once need PostgreSQL (DATABASE_URL=postgres://…).`
      : `${path} can't be made: check the path and its permissions.`;
    throw new StorageRefused(why, { cause: error });
  }
}

/** Whether a process keeps a SQLite file for itself now, found out without making or keeping anything. */
export function isHeld(url: string): boolean {
  if (!url.startsWith('file:') || !existsSync(lockOf(url))) return false;
  const lock = new SQLite(lockOf(url), { readonly: true, timeout: 0 });
  try {
    lock.exec('begin; select * from sqlite_master; rollback');
    return false;
  } catch (error) {
    if (isTaken(error)) return true;
    throw error;
  } finally {
    lock.close();
  }
}

const lockOf = (url: string): string => `${url.slice('file:'.length)}.lock`;

const isTaken = (error: unknown): boolean =>
  error instanceof SQLite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
