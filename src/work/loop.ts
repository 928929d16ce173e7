import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../ports.ts';

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
  /** True when there may be more to do at once. */
  round: () => Promise<boolean>;
  /** The longest rest between two rounds, in milliseconds. */
  restMs: number;
  log: Log;
}

/**
 * Does rounds without end: at once while there is more to do, else at a wake or after a rest. A round that throws
 * is tried again after a rest; the log has the first failure and the recovery, not one line a second.
 */
export function loop({ name, round, restMs, log }: Needs): Loop {
  let stopping = false;
  let failing = false;
  let running: Promise<void> | undefined;
  let ring: () => void = () => undefined;
  let woken = false;

  async function rest(): Promise<void> {
    if (woken || stopping) return;
    const bell = new AbortController();
    ring = () => bell.abort();
    await sleep(restMs, undefined, { signal: bell.signal }).catch(() => undefined);
  }

  async function roundOrFailure(): Promise<boolean> {
    try {
      const more = await round();
      if (failing) log.info({ what: name }, 'works again');
      failing = false;
      return more;
    } catch (error) {
      if (!failing) log.error({ what: name, error: String(error) }, 'failed; trying again until it works');
      failing = true;
      woken = false;
      return false;
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      if (!(await roundOrFailure())) await rest();
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
