import { existsSync, renameSync, rmSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { StorageRefused } from './refused.ts';

/**
 * Copies a SQLite database as it is at one moment to a new file, while Groupwatch may go on writing to it. The file
 * is there only when it is complete and SQLite finds it whole.
 */
export async function backUp(url: string, file: string): Promise<void> {
  if (!url.startsWith('file:')) {
    throw new StorageRefused(
      'PostgreSQL has its own tool, which works while Groupwatch runs: pg_dump --format=custom --file=FILE "$DATABASE_URL"',
    );
  }
  const path = url.slice('file:'.length);
  if (!existsSync(path)) throw new StorageRefused(`There is no database at ${url}: check DATABASE_URL.`);
  if (existsSync(file)) throw new StorageRefused(`${file} is there already: name a new file.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const source = new SQLite(path, { readonly: true, timeout: 5_000 });
  try {
    // Nearly all in one step: between steps a writer would make it begin again.
    await source.backup(part, { progress: () => 1_000_000 });
    check(part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    source.close();
  }
}

/** Also takes the copy out of WAL mode, so that it is one file that can be moved about. */
function check(part: string): void {
  const copy = new SQLite(part);
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok')
      throw new StorageRefused(`The database is damaged, and so is the copy: ${String(found)}`);
  } finally {
    copy.close();
  }
}
