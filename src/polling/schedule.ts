import cron from 'node-cron';

export interface Schedule {
  /** Ends the schedule and the turn that is under way. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** Runs one turn at once and then by the cron expression; while one is under way, the next is left out. */
export function schedule(expression: string, turn: (signal: AbortSignal) => Promise<void>): Schedule {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running ??= turn(ending.signal).finally(() => {
      running = undefined;
    });
    return running;
  };
  const task = cron.schedule(expression, run);
  void run();
  return {
    async stop() {
      await task.destroy();
      ending.abort(new Error('Groupwatch is stopping'));
      await running;
    },
  };
}
