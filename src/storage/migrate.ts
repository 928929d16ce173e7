import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type Engine, first } from './migrations/0001-first.ts';
import { jobs } from './migrations/0003-jobs.ts';
import { StorageRefused } from './refused.ts';
import type { Schema } from './schema.ts';

/** Brings the database to this program's version. Refuses one that a newer program has made. */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const migrations = { '0001-first': first(engine), '0003-jobs': jobs };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && /corrupted migrations|missing/i.test(error.message)) {
    throw new StorageRefused(
      'The database was made by a newer version of Groupwatch: start that version, or restore a backup from before.',
      { cause: error },
    );
  }
  if (error) throw error;
}
