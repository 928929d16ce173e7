import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompiledQuery, Kysely } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import type { Storage } from '../../src/ports/storage.ts';
import { connect } from '../../src/storage/connect.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { Schema } from '../../src/storage/schema.ts';

/** A fresh database, and more connections to the same one. */
export interface Engine {
  url: string;
  open(): Promise<Storage>;
  /** What another replica would use; SQLite has one process, and so one connection. */
  replica(first: Storage): Promise<Storage>;
  /** The database without the program around it: for what somebody could do by hand. `hears` of every statement. */
  byHand(hears?: (query: CompiledQuery) => void): Kysely<Schema>;
  dispose(): Promise<void>;
}

const CHANNEL = { channel: 'C0ALERTS' };

/** The engines that every store's promises are held on. */
export const ENGINES: Record<string, () => Promise<Engine>> = {
  async SQLite() {
    const folder = await mkdtemp(join(tmpdir(), 'groupwatch-store-'));
    return engine('one process', `file:${join(folder, 'test.db')}`, () =>
      rm(folder, { recursive: true, force: true }),
    );
  },
  async PostgreSQL() {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: `${inject('postgres')}/postgres` });
    await admin.connect();
    await admin.query(`create database ${name}`);
    return engine('replicas', `${inject('postgres')}/${name}`, async () => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    });
  },
};

function engine(kind: 'one process' | 'replicas', url: string, remove: () => Promise<void>): Engine {
  const open: Storage[] = [];
  const hands: Kysely<Schema>[] = [];
  const another = async (): Promise<Storage> => {
    const storage = await openStorage(url, CHANNEL);
    open.push(storage);
    return storage;
  };
  return {
    url,
    open: another,
    replica: (first) => (kind === 'replicas' ? another() : Promise.resolve(first)),
    byHand(hears) {
      const hand = new Kysely<Schema>({ dialect: connect(url).dialect, log: ({ query }) => hears?.(query) });
      hands.push(hand);
      return hand;
    },
    async dispose() {
      for (const hand of hands) await hand.destroy();
      for (const storage of open) await storage.close();
      await remove();
    },
  };
}
