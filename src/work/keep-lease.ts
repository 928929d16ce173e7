import type { Instant } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';

interface Needs {
  /** What is leased, as the reason of the abort names it. */
  what: string;
  /** False when somebody else has it. */
  renew: (until: Instant) => Promise<boolean>;
  until: Instant;
  leaseMs: number;
  clock: Clock;
  /** Ends the work when the lease is lost. */
  ending: AbortController;
}

/** Renews a lease three times in its span, until the returned function is called. */
export function keepLease({ what, renew, until, leaseMs, clock, ending }: Needs): () => void {
  const beat = setInterval(async () => {
    if (clock.now() >= until) ending.abort(new Error(`the lease of ${what} has run out`));
    const next = clock.now() + leaseMs;
    // While the database doesn't answer, the lease that we have goes on to its end.
    const kept = await renew(next).catch(() => undefined);
    if (kept) until = next;
    if (kept === false) ending.abort(new Error(`another replica has ${what} now`));
  }, leaseMs / 3);
  return () => clearInterval(beat);
}
