import cron from 'node-cron';
import { SECOND } from '../domain/time.ts';

export interface Schedule {
  /** Ends the schedule and the turn that is under way. Resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Runs one turn at once and then by the cron expression; while one is under way, the next is left out. Looks at the
 * clock every second by itself: node-cron, once the clock was put back by an hour, would be silent for an hour, and
 * would write a line for every turn that it missed when the clock was put forward.
 */
export function schedule(expression: string, turn: (signal: AbortSignal) => Promise<void>): Schedule {
  const fires = cron.createTask(expression, () => undefined);
  const nextFire = (): number => fires.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let lookedAt = Date.now();
  let next = nextFire();
  let timer: NodeJS.Timeout;

  const run = (): void => {
    running ??= turn(ending.signal).finally(() => {
      running = undefined;
    });
  };

  function look(): void {
    const now = Date.now();
    if (now >= next) run();
    if (now >= next || now < lookedAt) next = nextFire();
    lookedAt = now;
    timer = setTimeout(look, Math.min(SECOND, Math.max(1, next - now)));
  }

  run();
  look();
  return {
    async stop() {
      clearTimeout(timer);
      ending.abort(new Error('Groupwatch is stopping'));
      await running;
    },
  };
}
