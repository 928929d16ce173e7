import { Kysely } from 'kysely';
import type { AlertTimes } from '../domain/times.ts';
import type { TimesQuery } from '../ports/alerts.ts';
import { connect, refusalOf } from './connect.ts';
import { StorageRefused } from './refused.ts';
import type { Schema } from './schema.ts';
import { timesOf } from './timing.ts';

/** Reads when alerts passed their stations from a database that others may be using; nothing is made or migrated. */
export async function readTimes(
  url: string,
  query: TimesQuery,
): Promise<{ times: AlertTimes[]; total: number }> {
  const db = new Kysely<Schema>({ dialect: connect(url, { readonly: true }).dialect });
  try {
    return await timesOf(db, query);
  } catch (error) {
    if (/no such (table|column)|(relation|column) .* does not exist/.test(String(error))) {
      throw new StorageRefused(
        `The database has no times of alerts: it isn't Groupwatch's, or of an old version; start Groupwatch on it once.`,
        { cause: error },
      );
    }
    throw refusalOf(error, url);
  } finally {
    await db.destroy();
  }
}
