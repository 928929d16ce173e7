import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateOnce } from './database.ts';
import { embeddedPostgres } from './embedded-postgres.ts';
import { freePort } from './free-port.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the run's own PostgreSQL server, without a database name. */
    postgres: string;
  }
}

// embedded-postgres ends the process by itself once nothing is left to do, and by 0: a failed run would look like a good
// one.
process.prependListener('beforeExit', () => {
  if (process.exitCode) process.exit();
});

/** A real PostgreSQL server that can be stopped and started again with what it holds. */
export interface PostgresServer {
  /** Without a database name. */
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes what it holds. */
  dispose(): Promise<void>;
}

/** One for the whole run; each suite makes its own database on it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  await migrateOnce(server.url);
  provide('postgres', server.url);
  return server.dispose;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'groupwatch-postgres-'));
  await chmod(folder, 0o755); // the server may run as another user
  const port = await freePort();
  const { Server, remove } = await embeddedPostgres();
  const server = new Server({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // Tests need speed and isolation, not survival of a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    createPostgresUser: process.getuid?.() === 0,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}`,
    start: () => server.start(),
    stop: () => server.stop(),
    async dispose() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      await remove();
    },
  };
}
