import { SECOND } from '../domain/time.ts';
import type { LeaseStore } from '../ports/leases.ts';

interface Needs {
  leases: LeaseStore;
  lease: string;
  holder: string;
  leaseMs?: number;
  /** Milliseconds of a clock that nobody can set. */
  elapsed?: () => number;
}

/** Whether this replica has the turn at something that one does for all. Asks the database only now and then. */
export function standingTurn({
  leases,
  lease,
  holder,
  leaseMs = 15 * SECOND,
  elapsed = () => performance.now(),
}: Needs) {
  let askAgainAt = Number.NEGATIVE_INFINITY;
  let has = false;
  return async (): Promise<boolean> => {
    const askedAt = elapsed();
    if (askedAt < askAgainAt) return has;
    has = false;
    has = (await leases.take(lease, holder, leaseMs)) !== undefined;
    askAgainAt = askedAt + (has ? leaseMs / 3 : SECOND);
    return has;
  };
}
