import { setTimeout as sleep } from 'node:timers/promises';

/** Lets one request through an interval, in the order they asked; a small burst after a rest. */
export interface TokenBucket {
  take(signal: AbortSignal): Promise<void>;
}

/**
 * AWS allows two lookups a second for an account and Region, shared with the console and every other tool. We
 * take one at most.
 */
export function tokenBucket({
  everyMs,
  burst,
  now,
}: {
  everyMs: number;
  burst: number;
  now: () => number;
}): TokenBucket {
  let free = now() - burst * everyMs;
  return {
    async take(signal) {
      signal.throwIfAborted();
      const at = Math.max(free + everyMs, now() - (burst - 1) * everyMs);
      free = at;
      const wait = at - now();
      if (wait > 0) await sleep(wait, undefined, { signal });
    },
  };
}
