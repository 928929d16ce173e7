import { describe, expect, it } from 'vitest';
import { turns } from '../../../src/iam/facts/turns.ts';

const never = new AbortController().signal;

/** Pieces of work that begin when it is their turn and end when the test says so. */
function works(atOnce: number) {
  const turn = turns(atOnce);
  const begun: { name: string; end: () => void; fail: (why: Error) => void }[] = [];
  const begin = (name: string, signal = never) =>
    turn(
      () => new Promise<string>((done, fail) => begun.push({ name, end: () => done(name), fail })),
      signal,
    );
  return { begin, begun, names: () => begun.map(({ name }) => name) };
}

describe('turns', () => {
  it('are taken by a few at once, the others wait in the order that they came', async () => {
    const { begin, begun, names } = works(2);
    const all = ['a', 'b', 'c', 'd'].map((name) => begin(name));
    expect(names()).toEqual(['a', 'b']);
    begun[1]?.end();
    await all[1];
    await Promise.resolve();
    expect(names()).toEqual(['a', 'b', 'c']);
    begun[0]?.fail(new Error('broken'));
    await expect(all[0]).rejects.toThrow('broken');
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    for (const { end } of begun) end();
    expect(await Promise.all(all.slice(2))).toEqual(['c', 'd']);
  });

  it('are passed on by those who have left', async () => {
    const { begin, begun, names } = works(1);
    const first = begin('a');
    const leaving = new AbortController();
    const gone = begin('b', leaving.signal);
    const last = begin('c');
    leaving.abort(new Error('left'));
    begun[0]?.end();
    await first;
    await expect(gone).rejects.toThrow('left');
    expect(names()).toEqual(['a', 'c']);
    begun[1]?.end();
    expect(await last).toBe('c');
  });
});
