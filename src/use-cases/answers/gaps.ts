import { type Fact, unknownBecause } from '../../domain/facts.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';

/** Collects what couldn't be read, so that an answer says it and goes on. */
export interface Gaps {
  /** The value, or nothing and a sentence that says why. */
  of<T>(fact: Fact<T> | undefined, what: string): T | undefined;
  /** What CloudTrail tells, or nothing and a sentence. Throws only when the signal aborts. */
  trail<T>(what: string, signal: AbortSignal, read: () => Promise<T>): Promise<T | undefined>;
  /** When the oldest of it was read. */
  asOf(now: number): number;
  missing: string[];
}

export function gaps(): Gaps {
  const missing: string[] = [];
  const read: number[] = [];
  return {
    missing,
    of(fact, what) {
      const why = unknownBecause(fact, what);
      if (fact) read.push(fact.at);
      if (why !== undefined) missing.push(why);
      return fact?.is === 'known' ? fact.value : undefined;
    },
    async trail(what, signal, look) {
      try {
        return await look();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SourceFailure)) throw error;
        missing.push(
          error.trouble === 'access-denied'
            ? `not allowed to read ${what}: grant cloudtrail:LookupEvents`
            : `reading ${what} failed: ${error.message}`,
        );
        return undefined;
      }
    },
    asOf: (now) => Math.min(now, ...read),
  };
}
