import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { type Engine, first } from './migrations/0001-first.ts';
import { audit } from './migrations/0002-audit.ts';
import { jobs } from './migrations/0003-jobs.ts';
import { responses } from './migrations/0004-responses.ts';
import { answers } from './migrations/0005-answers.ts';
import { exceptions } from './migrations/0006-exceptions.ts';
import { questions } from './migrations/0007-questions.ts';
import { attempts } from './migrations/0008-attempts.ts';
import { shownAt } from './migrations/0009-shown-at.ts';
import { worklist } from './migrations/0010-worklist.ts';
import { home } from './migrations/0011-home.ts';
import { timing } from './migrations/0012-timing.ts';
import { digests } from './migrations/0013-digests.ts';
import { eventKeys } from './migrations/0014-event-keys.ts';
import { StorageRefused } from './refused.ts';
import type { Schema } from './schema.ts';

/** Every step from an empty database to this program's version, by its name; they are taken in that order. */
export function migrationsOf(engine: Engine): Record<string, Migration> {
  return {
    '0001-first': first(engine),
    '0002-audit': audit(engine),
    '0003-jobs': jobs,
    '0004-responses': responses,
    '0005-answers': answers,
    '0006-exceptions': exceptions,
    '0007-questions': questions,
    '0008-attempts': attempts,
    '0009-shown-at': shownAt,
    '0010-worklist': worklist(engine),
    '0011-home': home,
    '0012-timing': timing(engine),
    '0013-digests': digests,
    '0014-event-keys': eventKeys,
  };
}

/** Brings the database to this program's version. Refuses one that a newer program has made. */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const migrations = migrationsOf(engine);
  const migrateAll = async (on: Kysely<Schema>) =>
    (await new Migrator({ db: on, provider: { getMigrations: async () => migrations } }).migrateToLatest())
      .error;
  const error = engine === 'sqlite' ? await allOrNone(db, migrateAll) : await migrateAll(db);
  if (error instanceof Error && /corrupted migrations|missing/i.test(error.message)) {
    throw new StorageRefused(
      'The database was made by a newer version of Groupwatch: start that version, or restore a backup from before.',
      { cause: error },
    );
  }
  if (error) throw error;
}

/** Kysely migrates PostgreSQL in one transaction and SQLite in none, so a crash would leave half of a migration. */
function allOrNone(db: Kysely<Schema>, work: (on: Kysely<Schema>) => Promise<unknown>): Promise<unknown> {
  return db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    const error = await work(connection);
    await (error ? sql`rollback` : sql`commit`).execute(connection);
    return error;
  });
}
