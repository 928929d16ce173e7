import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

export interface FreshDatabase {
  url: string;
  remove(): Promise<void>;
}

/** A database that nobody else has: a new file, or one on the run's PostgreSQL server or another. */
export async function freshDatabase(
  engine: 'sqlite' | 'postgres',
  server = engine === 'postgres' ? inject('postgres') : '',
): Promise<FreshDatabase> {
  if (engine === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'groupwatch-'));
    return {
      url: `file:${join(folder, 'groupwatch.db')}`,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await ask(server, `create database ${name}`);
  return { url: `${server}/${name}`, remove: () => ask(server, `drop database ${name} with (force)`) };
}

async function ask(server: string, query: string): Promise<void> {
  const admin = new pg.Client({ connectionString: `${server}/postgres` });
  await admin.connect();
  await admin.query(query);
  await admin.end();
}
