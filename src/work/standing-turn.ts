import { SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeaseStore } from '../ports/leases.ts';

interface Needs {
  leases: LeaseStore;
  lease: string;
  holder: string;
  clock: Clock;
  leaseMs?: number;
}

/** Whether this replica has the turn at something that one does for all. Asks the database only now and then. */
export function standingTurn({ leases, lease, holder, clock, leaseMs = 15 * SECOND }: Needs) {
  let askedAt = Number.NEGATIVE_INFINITY;
  let has = false;
  return async (): Promise<boolean> => {
    const now = clock.now();
    const since = now - askedAt;
    // A clock that was put back asks at once.
    if (since >= 0 && since < (has ? leaseMs / 3 : SECOND)) return has;
    has = false;
    has = (await leases.take(lease, holder, now, now + leaseMs)) !== undefined;
    askedAt = now;
    return has;
  };
}
