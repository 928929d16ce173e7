import { MINUTE } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeaseStore, Turn } from '../ports/leases.ts';
import { keepLease } from './keep-lease.ts';

/** Does the work if this replica has the turn or can have it, and says whether it had. The signal aborts when it is lost. */
export type InTurn = (
  lease: string,
  signal: AbortSignal,
  work: (turn: Turn, signal: AbortSignal) => Promise<void>,
) => Promise<boolean>;

interface Needs {
  leases: LeaseStore;
  clock: Clock;
  holder: string;
  leaseMs?: number;
}

/**
 * The turn stays with who had it last, until its lease is over: others whose clocks are a little behind would only
 * do the same work again. It is given back when the replica stops.
 */
export function inTurn({ leases, clock, holder, leaseMs = MINUTE / 2 }: Needs): InTurn {
  return async (lease, signal, work) => {
    const now = clock.now();
    const until = now + leaseMs;
    const turn = await leases.take(lease, holder, now, until);
    if (!turn) return false;
    const ending = new AbortController();
    const renew = (next: number): Promise<boolean> => leases.renew(turn, next);
    const stop = keepLease({ what: `the turn at ${lease}`, renew, until, leaseMs, clock, ending });
    try {
      await work(turn, AbortSignal.any([signal, ending.signal]));
    } finally {
      stop();
    }
    return true;
  };
}
