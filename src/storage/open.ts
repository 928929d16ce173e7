import { Kysely } from 'kysely';
import type { Storage } from '../ports/storage.ts';
import { alertStore } from './alert-store.ts';
import { answerStore } from './answer-store.ts';
import { attemptStore } from './attempt-store.ts';
import { auditStore } from './audit/store.ts';
import { burstStore } from './burst-store.ts';
import { connect, refusalOf } from './connect.ts';
import { countStore } from './count-store.ts';
import { exceptionStore } from './exception-store.ts';
import { homeStore } from './home-store.ts';
import { jobStore } from './job-store.ts';
import { forgetLeases } from './lease.ts';
import { leaseStore } from './lease-store.ts';
import { messageStore } from './message-store.ts';
import { migrate } from './migrate.ts';
import { questionStore } from './question-store.ts';
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
    bursts: burstStore(db),
    jobs: jobStore(db),
    responses: responseStore(db),
    exceptions: exceptionStore(db),
    questions: questionStore(db),
    attempts: attemptStore(db, { channel }),
    leases: leaseStore(db),
    replicas: replicaStore(db),
    retention: retentionStore(db),
    watches: watchStore(db),
    homes: homeStore(db),
    counts: countStore(db),
    close: () => db.destroy(),
  };
}
