interface Needs {
  /** What is leased, as the reason of the abort names it. */
  what: string;
  /** False when somebody else has it. */
  renew: () => Promise<boolean>;
  /** When it was asked for, by performance.now(): the database counts from a little later. */
  askedAt: number;
  leaseMs: number;
  /** Ends the work when the lease is lost. */
  ending: AbortController;
}

/** Renews a lease three times in its span, until the returned function is called. No clock that is set changes that. */
export function keepLease({ what, renew, askedAt, leaseMs, ending }: Needs): () => void {
  let end: NodeJS.Timeout | undefined;
  let stopped = false;
  function runsOut(): void {
    clearTimeout(end);
    const left = askedAt + leaseMs - performance.now();
    end = setTimeout(() => ending.abort(new Error(`the lease of ${what} has run out`)), left);
  }
  runsOut();
  const beat = setInterval(async () => {
    const asked = performance.now();
    // While the database doesn't answer, the lease that we have goes on to its end.
    const kept = await renew().catch(() => undefined);
    if (kept === false) ending.abort(new Error(`another replica has ${what} now`));
    // An answer that took long may come after that of a later beat.
    if (!kept || stopped || asked < askedAt) return;
    askedAt = asked;
    runsOut();
  }, leaseMs / 3);
  return () => {
    stopped = true;
    clearInterval(beat);
    clearTimeout(end);
  };
}
