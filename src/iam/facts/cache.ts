/** Remembers what was loaded, each thing once. */
export interface FactsCache<T> {
  /**
   * What is remembered for the key, or what `load` gives. Those who ask while it loads share one load, which is
   * given up when the last of them has gone. A failure isn't remembered.
   */
  get(key: string, load: (signal: AbortSignal) => Promise<T>, how: Wanted): Promise<T>;
  /** What is remembered and young enough. */
  peek(key: string): T | undefined;
}

interface Wanted {
  signal: AbortSignal;
  /** Load again, even if it is remembered. */
  fresh?: boolean;
}

interface Load<T> {
  result: Promise<T>;
  giveUp: AbortController;
  waiting: number;
}

/** Keeps values for `ttl` ms, and at most `limit` of them: the one that wasn't asked for the longest goes first. */
export function factsCache<T>(settings: {
  ttl: number;
  limit: number;
  now: () => number;
  /** What is worth remembering; all by default. */
  keep?: (value: T) => boolean;
}): FactsCache<T> {
  const { ttl, limit, now, keep = () => true } = settings;
  const kept = new Map<string, { value: T; until: number }>();
  const loads = new Map<string, Load<T>>();

  const young = (key: string) => {
    const entry = kept.get(key);
    if (!entry || entry.until > now()) return entry;
    kept.delete(key);
    return undefined;
  };
  const remember = (key: string, value: T): void => {
    kept.delete(key);
    if (!keep(value)) return;
    kept.set(key, { value, until: now() + ttl });
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
  };
  const start = (key: string, load: (signal: AbortSignal) => Promise<T>): Load<T> => {
    const giveUp = new AbortController();
    const running: Load<T> = { giveUp, waiting: 0, result: load(giveUp.signal) };
    loads.set(key, running);
    running.result
      .then((value) => giveUp.signal.aborted || remember(key, value))
      .catch(() => undefined)
      .finally(() => loads.get(key) === running && loads.delete(key));
    return running;
  };

  return {
    peek: (key) => young(key)?.value,
    async get(key, load, { signal, fresh }) {
      signal.throwIfAborted();
      const entry = fresh ? undefined : young(key);
      if (entry) {
        kept.delete(key);
        kept.set(key, entry);
        return entry.value;
      }
      const running = loads.get(key) ?? start(key, load);
      running.waiting++;
      try {
        return await orAborted(running.result, signal);
      } finally {
        running.waiting--;
        if (running.waiting === 0 && signal.aborted) {
          if (loads.get(key) === running) loads.delete(key);
          running.giveUp.abort(signal.reason);
        }
      }
    },
  };
}

/** Leaves when the signal aborts; the work itself goes on. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
