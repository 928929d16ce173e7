import { setTimeout as sleep, setImmediate as sockets } from 'node:timers/promises';
import { SECOND } from '../domain/time.ts';
import type { Log } from '../ports/log.ts';

export interface Loop {
  /** There may be something to do; returns at once. */
  wake(): void;
  start(): void;
  /** Resolves when the round under way has ended; there is no other. */
  stop(): Promise<void>;
}

interface Needs {
  /** What the rounds are for, as the log names it. */
  name: string;
  /** Answers how long to rest before the next one, in milliseconds; 0 when there may be more to do at once. */
  round: () => Promise<number>;
  log: Log;
}

/**
 * Does rounds without end, with a rest or until a wake in between. A round that throws is tried again after a
 * second; the log has the first failure and the recovery, not one line a second.
 */
export function loop({ name, round, log }: Needs): Loop {
  let stopping = false;
  let failing = false;
  let running: Promise<void> | undefined;
  let ring: () => void = () => undefined;
  let woken = false;

  async function rest(forMs: number): Promise<void> {
    if (woken || stopping || forMs <= 0) return;
    const bell = new AbortController();
    ring = () => bell.abort();
    await sleep(forMs, undefined, { signal: bell.signal }).catch(() => undefined);
  }

  async function roundOrFailure(): Promise<number> {
    try {
      const restMs = await round();
      if (failing) log.info({ what: name }, 'works again');
      failing = false;
      return restMs;
    } catch (error) {
      if (!failing) log.error({ what: name, error: String(error) }, 'failed; trying again until it works');
      failing = true;
      woken = false;
      return SECOND;
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      await rest(await roundOrFailure());
      // SQLite answers at once: without this, rounds that ask nobody else would leave no time for a click.
      await sockets();
    }
  }

  return {
    wake() {
      woken = true;
      ring();
    },
    start() {
      running ??= run();
    },
    async stop() {
      stopping = true;
      ring();
      await running;
    },
  };
}
