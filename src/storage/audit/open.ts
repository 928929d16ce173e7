import { Kysely } from 'kysely';
import { connect, refusalOf } from '../connect.ts';
import { StorageRefused } from '../refused.ts';
import type { Schema } from '../schema.ts';
import type { AuditHead, AuditRow } from './chain.ts';
import { headOf, walk } from './walk.ts';

/** The audit log as it is at one moment, rows as they stand, while others may go on writing to it. */
export interface AuditSnapshot {
  /** Nothing when the row is gone, which is tampering. */
  head: AuditHead | undefined;
  rows(from?: number): AsyncIterable<AuditRow>;
  /** Sequence of the oldest entry that was made at or after a moment. */
  firstSince(at: number): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Opens it for reading alone: nothing is made or migrated. */
export async function openAudit(url: string): Promise<AuditSnapshot> {
  const db = new Kysely<Schema>({ dialect: connect(url, { readonly: true }).dialect });
  try {
    const snapshot = await db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute();
    return {
      head: await headOf(snapshot),
      rows: (from) => walk(snapshot, from),
      async firstSince(at) {
        const row = await snapshot
          .selectFrom('audit')
          .select('sequence')
          .where('at', '>=', at)
          .orderBy('sequence')
          .executeTakeFirst();
        return row?.sequence;
      },
      async close() {
        await snapshot.rollback().execute();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy().catch(() => undefined);
    if (/no such table|relation .* does not exist/.test(String(error))) {
      throw new StorageRefused(
        `The database has no audit log: it isn't Groupwatch's, or of an old version; start Groupwatch on it once.`,
        { cause: error },
      );
    }
    throw refusalOf(error, url);
  }
}
