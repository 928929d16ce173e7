import { type CompiledQuery, Kysely } from 'kysely';
import type { Storage } from '../../src/ports/storage.ts';
import { connect } from '../../src/storage/connect.ts';
import { openStorage } from '../../src/storage/open.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

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
export const ENGINES: Record<string, (how?: { empty?: boolean }) => Promise<Engine>> = {
  SQLite: async () => engine('one process', await freshDatabase('sqlite')),
  PostgreSQL: async (how) => engine('replicas', await freshDatabase('postgres', how)),
};

function engine(kind: 'one process' | 'replicas', { url, remove }: FreshDatabase): Engine {
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
