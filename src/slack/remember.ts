import type { Clock } from '../ports/clock.ts';

/** Never more answers than this are kept, so that strangers can't fill the memory. */
const MOST = 5_000;

/** Asks once for as long as `forMs`; of many who ask at once, one call. A failure isn't remembered. */
export function remember<T>(
  clock: Clock,
  forMs: number,
  ask: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const answers = new Map<string, { at: number; answer: Promise<T> }>();
  return (key) => {
    const known = answers.get(key);
    if (known && clock.now() - known.at < forMs) return known.answer;
    if (answers.size >= MOST) answers.clear();
    const answer = ask(key);
    answers.set(key, { at: clock.now(), answer });
    answer.catch(() => answers.delete(key));
    return answer;
  };
}
