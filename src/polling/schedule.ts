import cron from 'node-cron';

export interface Schedule {
  /** Ends the schedule and the turn that is under way. Resolves when it has ended. */
  stop(): Promise<void>;
}

type Turn = (signal: AbortSignal) => Promise<void>;

/** Runs one turn at once and then by the cron expression; while one is under way, the next is left out. */
export const schedule = (expression: string, turn: Turn): Schedule => scheduleEach(expression, () => [turn]);

/** The same for each of several turns, as they are then: one that takes long holds up none of the others. */
export function scheduleEach(expression: string, turns: () => readonly Turn[]): Schedule {
  const ending = new AbortController();
  const running = new Map<Turn, Promise<void>>();
  const run = (): void => {
    for (const turn of turns()) {
      if (running.has(turn)) continue;
      running.set(
        turn,
        turn(ending.signal).finally(() => running.delete(turn)),
      );
    }
  };
  const task = cron.schedule(expression, run);
  run();
  return {
    async stop() {
      await task.destroy();
      ending.abort(new Error('Groupwatch is stopping'));
      await Promise.all(running.values());
    },
  };
}
