import type { Asking, Fact } from '../../domain/facts.ts';
import type { Clock } from '../../ports/clock.ts';
import { factsCache } from './cache.ts';
import { type Turns, turns } from './turns.ts';
import { isGone, unknownOf } from './unknown.ts';

/** Asks, and counts the calls to AWS that it takes. */
export interface Counted extends Asking {
  calls: { made: number };
}

/** One kind of thing that is read from IAM, by names or ARNs. Rejects only when the asking is aborted. */
export interface Reading<T> {
  (names: readonly string[], asking: Counted): Promise<Fact<T>>;
  /** What is remembered and will do: to ask for it costs no call. */
  remembered(names: readonly string[], asking: Asking): Fact<T> | undefined;
}

/** What the SDK's `send` takes beside the command. */
export interface CallOptions {
  abortSignal: AbortSignal;
}

/** What a reading calls AWS by: each call waits for its turn and is counted. */
export type Send = <T>(call: (options: CallOptions) => Promise<T>) => Promise<T>;

/** A kind of reading: the permission that it takes, and how it is done. */
export interface Kind<T> {
  permission: string;
  load: (names: readonly string[], send: Send) => Promise<T>;
  /** What NoSuchEntity means, where it doesn't mean that the user or group is gone. */
  absent?: T;
  /** It never changes. */
  forever?: boolean;
}

/** So many of each kind are remembered. */
const LIMIT = 1_000;

/** Makes a reading of a kind. */
export type MakeReading = <T>(kind: Kind<T>) => Reading<T>;

/** Makes readings that share their turns; `ttl` in ms is for how long a fact is remembered. */
export function readings({
  ttl,
  clock,
  atOnce = 5,
}: {
  ttl: number;
  clock: Clock;
  atOnce?: number;
}): MakeReading {
  const turn = turns(atOnce);
  return <T>(kind: Kind<T>): Reading<T> => {
    const cache = factsCache<Fact<T>>({
      ttl: kind.forever ? Number.POSITIVE_INFINITY : ttl,
      limit: LIMIT,
      now: () => clock.now(),
      // What failed or isn't visible yet may be there the next time.
      keep: ({ is }) => is === 'known' || is === 'not-allowed',
    });
    const remembered = (names: readonly string[], { fresh, notBefore }: Asking): Fact<T> | undefined => {
      const fact = cache.peek(keyOf(names));
      if (!fact || kind.forever) return fact;
      return fresh || fact.at < (notBefore ?? fact.at) ? undefined : fact;
    };
    const read = (names: readonly string[], asking: Counted): Promise<Fact<T>> =>
      cache.get(
        keyOf(names),
        (running) => factOf(kind, names, clock.now(), running, sender(turn, running, asking.calls)),
        { signal: asking.signal, fresh: remembered(names, asking) === undefined },
      );
    return Object.assign(read, { remembered });
  };
}

async function factOf<T>(
  { load, permission, absent }: Kind<T>,
  names: readonly string[],
  at: number,
  signal: AbortSignal,
  send: Send,
): Promise<Fact<T>> {
  try {
    return { is: 'known', value: await load(names, send), at };
  } catch (error) {
    signal.throwIfAborted();
    if (absent !== undefined && isGone(error)) return { is: 'known', value: absent, at };
    return unknownOf(error, permission, at);
  }
}

function sender(turn: Turns, signal: AbortSignal, calls: { made: number }): Send {
  return (call) =>
    turn(() => {
      calls.made++;
      return call({ abortSignal: signal });
    }, signal);
}

/** IAM's names are the same whatever their letter case; no name has a line break. */
const keyOf = (names: readonly string[]): string => names.join('\n').toLowerCase();
