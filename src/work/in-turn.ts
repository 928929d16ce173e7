import { MINUTE } from '../domain/time.ts';
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
  holder: string;
  leaseMs?: number;
}

/**
 * The turn stays with who had it last, until its lease is over: others whose clocks are a little behind would only
 * do the same work again. It is given back when the replica stops.
 */
export function inTurn({ leases, holder, leaseMs = MINUTE / 2 }: Needs): InTurn {
  return async (lease, signal, work) => {
    const askedAt = performance.now();
    const turn = await leases.take(lease, holder, leaseMs);
    if (!turn) return false;
    const ending = new AbortController();
    const renew = (): Promise<boolean> => leases.renew(turn, leaseMs);
    const stop = keepLease({ what: `the turn at ${lease}`, renew, askedAt, leaseMs, ending });
    try {
      await work(turn, AbortSignal.any([signal, ending.signal]));
    } finally {
      stop();
    }
    return true;
  };
}
