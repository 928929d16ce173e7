import { Kysely } from 'kysely';
import type { Storage } from '../ports.ts';
import { alertStore } from './alert-store.ts';
import { auditStore } from './audit/store.ts';
import { connect, refusalOf } from './connect.ts';
import { jobStore } from './job-store.ts';
import { messageStore } from './message-store.ts';
import { migrate } from './migrate.ts';
import { responseStore } from './response-store.ts';
import type { Schema } from './schema.ts';
import { watchStore } from './watch-store.ts';

/** Opens the database of a `file:` or `postgres://` address. `channel` is where new cards go. */
export async function openStorage(url: string, { channel }: { channel: string }): Promise<Storage> {
  const { dialect, engine } = connect(url);
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db, engine);
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw refusalOf(error, url);
  }
  return {
    alerts: alertStore(db, { channel }),
    audit: auditStore(db),
    messages: messageStore(db),
    jobs: jobStore(db),
    responses: responseStore(db),
    watches: watchStore(db),
    close: () => db.destroy(),
  };
}
