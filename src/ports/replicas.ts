import type { Instant } from '../domain/time.ts';

/** One running process of Groupwatch. */
export interface Replica {
  holder: string;
  host: string;
  pid: number;
  version: string;
  startedAt: Instant;
  /** Its last sign of life. */
  seenAt: Instant;
}

export interface ReplicaStore {
  /** A sign of life; forgets those that gave none for an hour. */
  beat(replica: Replica): Promise<void>;
  leave(holder: string): Promise<void>;
  /** The longest running first. */
  seenSince(at: Instant): Promise<Replica[]>;
}
