import { describe, expect, it } from 'vitest';
import { factsCache } from '../../../src/iam/facts/cache.ts';

const never = new AbortController().signal;

/** A cache over a clock of its own, and loads that wait to be answered. */
function setUp({ limit = 10 }: { limit?: number } = {}) {
  const time = { now: 0 };
  const cache = factsCache<string>({
    ttl: 100,
    limit,
    now: () => time.now,
    keep: (value) => value !== 'odd',
  });
  const asked: {
    key: string;
    signal: AbortSignal;
    answer: (value: string) => void;
    fail: (why: Error) => void;
  }[] = [];
  const ask = (key: string, { signal = never, fresh = false } = {}) =>
    cache.get(
      key,
      (running) =>
        new Promise<string>((answer, fail) => {
          asked.push({ key, signal: running, answer, fail });
          running.addEventListener('abort', () => fail(new Error('given up')));
        }),
      { signal, fresh },
    );
  const loaded = async (key: string, value = key.toUpperCase()): Promise<string> => {
    const asking = ask(key);
    asked.at(-1)?.answer(value);
    return asking;
  };
  return { time, cache, asked, ask, loaded };
}

describe('what was read is remembered', () => {
  it('until it is too old', async () => {
    const { time, asked, ask, loaded, cache } = setUp();
    await loaded('a');
    time.now = 99;
    expect(await ask('a')).toBe('A');
    expect(cache.peek('a')).toBe('A');
    expect(asked).toHaveLength(1);
    time.now = 100;
    expect(cache.peek('a')).toBeUndefined();
    const again = ask('a');
    asked[1]?.answer('A2');
    expect(await again).toBe('A2');
  });

  it('but is read again when that is wanted', async () => {
    const { asked, ask, loaded } = setUp();
    await loaded('a');
    const again = ask('a', { fresh: true });
    asked[1]?.answer('A2');
    expect(await again).toBe('A2');
    expect(await ask('a')).toBe('A2');
  });

  it('but for what is not worth it, and failures', async () => {
    const { asked, ask, loaded } = setUp();
    await loaded('a', 'odd');
    expect(await loaded('a')).toBe('A');
    const failing = ask('b');
    asked.at(-1)?.fail(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    expect(await loaded('b')).toBe('B');
  });

  it('up to a limit: what nobody asked for the longest goes first', async () => {
    const { cache, ask, loaded } = setUp({ limit: 2 });
    await loaded('a');
    await loaded('b');
    await ask('a');
    await loaded('c');
    expect(['a', 'b', 'c'].map((key) => cache.peek(key))).toEqual(['A', undefined, 'C']);
  });
});

describe('those who ask at the same time', () => {
  it('share one load', async () => {
    const { asked, ask } = setUp();
    const both = [ask('a'), ask('a', { fresh: true })];
    asked[0]?.answer('A');
    expect(await Promise.all(both)).toEqual(['A', 'A']);
    expect(asked).toHaveLength(1);
  });

  it('do not disturb each other when one leaves', async () => {
    const { asked, ask } = setUp();
    const leaving = new AbortController();
    const [gone, staying] = [ask('a', { signal: leaving.signal }), ask('a')];
    leaving.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.answer('A');
    expect(await staying).toBe('A');
  });

  it('end the load when the last one leaves, and the next one begins anew', async () => {
    const { asked, ask, cache } = setUp();
    const leaving = new AbortController();
    const gone = [ask('a', { signal: leaving.signal }), ask('a', { signal: leaving.signal })];
    leaving.abort(new Error('left'));
    for (const one of gone) await expect(one).rejects.toThrow('left');
    expect(asked[0]?.signal.aborted).toBe(true);
    const next = ask('a');
    asked[1]?.answer('A');
    expect(await next).toBe('A');
    expect(cache.peek('a')).toBe('A');
  });

  it('are refused at once when they have left before', async () => {
    const { asked, ask } = setUp();
    await expect(ask('a', { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
    expect(asked).toEqual([]);
  });
});
