import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openStorage } from '../../src/storage/open.ts';

export interface FreshDatabase {
  url: string;
  remove(): Promise<void>;
}

interface Wanted {
  /** Another PostgreSQL server than the run's own. */
  server?: string;
  /** As before the first migration: a new file always is. */
  empty?: boolean;
}

/** A database that nobody else has: a new file, or one on a PostgreSQL server. */
export async function freshDatabase(
  engine: 'sqlite' | 'postgres',
  { server, empty = server !== undefined }: Wanted = {},
): Promise<FreshDatabase> {
  if (engine === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'groupwatch-'));
    return {
      url: `file:${join(folder, 'groupwatch.db')}`,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const on = server ?? inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await ask(on, `create database ${name} ${empty ? '' : `template ${MIGRATED}`}`);
  return { url: `${on}/${name}`, remove: () => ask(on, `drop database ${name} with (force)`) };
}

const MIGRATED = 'migrated';

/** Makes the database of a server that the others are copies of: to migrate one takes longer than to copy it. */
export async function migrateOnce(server: string): Promise<void> {
  await ask(server, `create database ${MIGRATED}`);
  await (await openStorage(`${server}/${MIGRATED}`, { channel: 'C0ALERTS' })).close();
}

async function ask(server: string, query: string): Promise<void> {
  const admin = new pg.Client({ connectionString: `${server}/postgres` });
  await admin.connect();
  await admin.query(query);
  await admin.end();
}
