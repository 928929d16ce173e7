/** That a replica has a turn. The token grows with every change of hands, so that a late write is known as one. */
export interface Turn {
  lease: string;
  token: number;
}

/** Turns that one replica has at a time, for so many milliseconds by the clock of the database. */
export interface LeaseStore {
  /** Takes the lease, or keeps it on for who has it. Nothing while somebody else has it. */
  take(lease: string, holder: string, leaseMs: number): Promise<Turn | undefined>;
  /** From now on for so long. False when somebody else has it. */
  renew(turn: Turn, leaseMs: number): Promise<boolean>;
  /** Gives back all that this holder has. */
  release(holder: string): Promise<void>;
}
