import { setTimeout as sleep } from 'node:timers/promises';

/** Who asks: the poll must hardly wait for what people and alerts want to know beside it. */
export type Queue = 'poll' | 'look-up';

/**
 * Lets one request through an interval, a small burst after a rest: polls first, but one in three for who waits behind
 * them, since after a flood of events the polls alone would use up all there is. Each queue in the order they asked.
 */
export interface TokenBucket {
  /** Rejects when the signal aborts; the turn then goes to the next. */
  take(signal: AbortSignal, queue?: Queue): Promise<void>;
  /** How many wait. */
  waiting(): Record<Queue, number>;
}

const MOST_OVERTAKING = 2;

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
  const queues: Record<Queue, (() => void)[]> = { poll: [], 'look-up': [] };
  let spentUntil = now() - burst * everyMs;
  let letting = false;
  /** Polls in a row that have overtaken a look-up. */
  let overtaking = 0;

  /** Whose turn it is, of those who wait. */
  function next(): (() => void) | undefined {
    const { poll, 'look-up': lookUp } = queues;
    const isPolls = poll.length > 0 && (lookUp.length === 0 || overtaking < MOST_OVERTAKING);
    overtaking = isPolls && lookUp.length > 0 ? overtaking + 1 : 0;
    return (isPolls ? poll : lookUp).shift();
  }

  /** Wakes who waits, one by one as there are tokens, until nobody waits. */
  async function letThrough(): Promise<void> {
    if (letting) return;
    letting = true;
    try {
      while (queues.poll.length + queues['look-up'].length > 0) {
        const at = Math.max(spentUntil + everyMs, now() - (burst - 1) * everyMs);
        // A poll that comes meanwhile goes first, since nobody is chosen before the wait is over.
        const waitMs = at - now();
        if (waitMs > 0) await sleep(waitMs);
        const go = next();
        if (!go) continue;
        spentUntil = at;
        go();
      }
    } finally {
      letting = false;
    }
  }

  return {
    async take(signal, queue = 'poll') {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          queues[queue] = queues[queue].filter((one) => one !== go);
          reject(signal.reason);
        };
        const go = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        signal.addEventListener('abort', leave, { once: true });
        queues[queue].push(go);
        void letThrough();
      });
    },
    waiting: () => ({ poll: queues.poll.length, 'look-up': queues['look-up'].length }),
  };
}
