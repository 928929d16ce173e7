import cron from 'node-cron';
import { SECOND } from '../domain/time.ts';

export interface Schedule {
  /** Ends the schedule and the turn that is under way. Resolves when it has ended. */
  stop(): Promise<void>;
}

type Turn = (signal: AbortSignal) => Promise<void>;

/** Runs one turn at once and then by the cron expression; while one is under way, the next is left out. */
export const schedule = (expression: string, turn: Turn): Schedule => scheduleEach(expression, () => [turn]);

/**
 * The same for each of several turns, as they are then: one that takes long holds up none of the others. Looks at the
 * clock every second by itself: node-cron, once the clock was put back by an hour, would be silent for an hour, and
 * would write a line for every turn that it missed when the clock was put forward.
 */
export function scheduleEach(expression: string, turns: () => readonly Turn[]): Schedule {
  const fires = cron.createTask(expression, () => undefined);
  const nextFire = (): number => fires.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  const running = new Map<Turn, Promise<void>>();
  let lookedAt = Date.now();
  let next = nextFire();
  let timer: NodeJS.Timeout;

  const run = (): void => {
    for (const turn of turns()) {
      if (running.has(turn)) continue;
      running.set(
        turn,
        turn(ending.signal).finally(() => running.delete(turn)),
      );
    }
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
      await Promise.all(running.values());
    },
  };
}
