import { setTimeout as sleep } from 'node:timers/promises';

/** What was read; or that it is still being read; or that it wasn't begun, since others are still at theirs. */
export type Soon<T> = { is: 'read'; value: T } | { is: 'reading' } | { is: 'behind' };

/**
 * Reads what may take long, and waits for it so long and no longer; what is being read goes on. While somebody's takes
 * longer than that, nobody else begins: of many alerts at once each wants much the same of CloudTrail, and would wait in
 * vain, one after the other. Throws what the reading throws, or what aborts the wait.
 */
export function patience(ms: number): <T>(read: () => Promise<T>, signal: AbortSignal) => Promise<Soon<T>> {
  let late = 0;
  return async (read, signal) => {
    if (late > 0) return { is: 'behind' };
    const reading = read().then((value) => ({ is: 'read', value }) as const);
    const tooLong = sleep(ms, { is: 'reading' } as const, { signal, ref: false });
    const ended = reading.catch(() => undefined);
    const soon = await Promise.race([reading, tooLong]);
    if (soon.is === 'reading') {
      late++;
      void ended.then(() => late--);
    }
    return soon;
  };
}
