import type { Log } from './ports/log.ts';

interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Stops the parts together, since a socket alone may take 8 s and whoever stops us waits for 10; then what they needed.
 * What fails is told and holds nothing up. A second call waits for the first.
 */
export function stopping(
  log: Log,
  parts: readonly Stoppable[],
  then: () => readonly (Promise<void> | undefined)[],
  last: () => Promise<void>,
): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    log.info({}, 'Groupwatch stops');
    await allOf(
      log,
      parts.map((part) => part.stop()),
    );
    await allOf(log, then());
    await last();
  };
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

async function allOf(log: Log, endings: readonly (Promise<void> | undefined)[]): Promise<void> {
  for (const ending of await Promise.allSettled(endings)) {
    if (ending.status === 'rejected')
      log.warn({ error: String(ending.reason) }, 'a part did not stop cleanly');
  }
}
