import type { Instant } from '../domain/time.ts';

/** That a replica has a turn. The token grows with every change of hands, so that a late write is known as one. */
export interface Turn {
  lease: string;
  token: number;
}

/** Turns that one replica has at a time. */
export interface LeaseStore {
  /** Takes the lease, or keeps it on for who has it. Nothing while somebody else has it. */
  take(lease: string, holder: string, now: Instant, until: Instant): Promise<Turn | undefined>;
  /** False when somebody else has it. */
  renew(turn: Turn, until: Instant): Promise<boolean>;
  /** Gives back all that this holder has. */
  release(holder: string): Promise<void>;
}
