import type { State } from './state.ts';

/** The first truthy value of `look`, asked again at every change; rejects after `ms` with what there is instead. */
export function until<T>(
  state: State,
  look: () => T | undefined | false | null,
  what = 'what was waited for',
  ms = 8_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      const seen = state.messages.all().slice(-100);
      const lines = seen.map(({ text, thread_ts }) => `${thread_ts ? '  ↳ ' : ''}${text}`);
      reject(new Error(`${what} did not come. There is:\n${lines.join('\n')}`));
    }, ms);
    const stops = [state.onChange(() => check())];
    const stop = (): void => {
      clearTimeout(timer);
      for (const end of stops) end();
    };
    const check = (): void => {
      const found = look();
      if (!found) return;
      stop();
      resolve(found);
    };
    check();
  });
}
