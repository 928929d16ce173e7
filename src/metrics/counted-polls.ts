import type { Instant } from '../domain/time.ts';
import { type Clock, SourceFailure } from '../ports.ts';
import type { WatchHealth } from '../use-cases/watch-health.ts';
import type { Instruments } from './instruments.ts';

/** The same, with every poll counted by what came of it; and when the last one came to its end. */
export function countPolls(
  health: WatchHealth,
  clock: Clock,
  { polls }: Pick<Instruments, 'polls'>,
): { health: WatchHealth; lastPollAt: () => Instant | undefined } {
  let lastPollAt: Instant | undefined;
  return {
    lastPollAt: () => lastPollAt,
    health: {
      ...health,
      succeeded(account, skew) {
        polls.inc({ outcome: 'complete' });
        lastPollAt = clock.now();
        return health.succeeded(account, skew);
      },
      failed(account, error) {
        polls.inc({ outcome: error instanceof SourceFailure ? error.trouble : 'unexpected' });
        return health.failed(account, error);
      },
    },
  };
}

/** What lets a call of LookupEvents through. */
interface Bucket {
  take(signal: AbortSignal): Promise<void>;
}

/** The same, with every call counted that it lets through; the SDK's own retries come in addition. */
export const countLookups = (bucket: Bucket, { lookups }: Pick<Instruments, 'lookups'>): Bucket => ({
  async take(signal) {
    await bucket.take(signal);
    lookups.inc();
  },
});
