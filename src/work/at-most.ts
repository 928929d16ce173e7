/** Does the work when fewer than so many others are under way; who waits comes in turn. */
export type AtMost = <T>(work: () => Promise<T>) => Promise<T>;

export function atMost(count: number): AtMost {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free === 0) await new Promise<void>((go) => waiting.push(go));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
