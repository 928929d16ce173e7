import type { Instant } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import { SourceFailure } from '../ports/cloudtrail.ts';
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

/** The same, with every call counted that it lets through; the SDK's own retries come in addition. */
export const countLookups = <Queue extends string, Rest>(
  bucket: Rest & { take(signal: AbortSignal, queue?: Queue): Promise<void> },
  { lookups }: Pick<Instruments, 'lookups'>,
) => ({
  ...bucket,
  async take(signal: AbortSignal, queue?: Queue): Promise<void> {
    await bucket.take(signal, queue);
    lookups.inc();
  },
});
