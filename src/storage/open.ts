import { Kysely } from 'kysely';
import type { Storage } from '../ports.ts';
import { alertStore } from './alert-store.ts';
import { answerStore } from './answer-store.ts';
import { auditStore } from './audit/store.ts';
import { connect, refusalOf } from './connect.ts';
import { jobStore } from './job-store.ts';
import { forgetLeases } from './lease.ts';
import { leaseStore } from './lease-store.ts';
import { messageStore } from './message-store.ts';
import { migrate } from './migrate.ts';
import { replicaStore } from './replica-store.ts';
import { responseStore } from './response-store.ts';
import { retentionStore } from './retention-store.ts';
import type { Schema } from './schema.ts';
import { watchStore } from './watch-store.ts';

export interface OpenOptions {
  /** Where new cards go. */
  channel: string;
  /** No other process is on the database, and none can come. */
  alone?: boolean;
}

/** Opens the database of a `file:` or `postgres://` address. */
export async function openStorage(url: string, { channel, alone }: OpenOptions): Promise<Storage> {
  const { dialect, engine } = connect(url);
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db, engine);
    if (alone) await forgetLeases(db);
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw refusalOf(error, url);
  }
  return {
    answers: answerStore(db),
    alerts: alertStore(db, { channel }),
    audit: auditStore(db),
    messages: messageStore(db),
    jobs: jobStore(db),
    responses: responseStore(db),
    leases: leaseStore(db),
    replicas: replicaStore(db),
    retention: retentionStore(db),
    watches: watchStore(db),
    close: () => db.destroy(),
  };
}
