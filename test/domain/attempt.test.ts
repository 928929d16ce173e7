import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../src/domain/attempt.ts';
import { attemptAt, FIRST } from '../support/attempts.ts';

const FIVE = { count: 5, within: 600_000 };
const at = (...seconds: number[]) => seconds.map((one) => attemptAt(one));
const runs = (attempts: ReturnType<typeof at>, told: number[] = []): number[][] =>
  runsOf(
    attempts,
    FIVE,
    told.map((seconds) => FIRST + seconds * 1_000),
  ).map((run) => run.map(({ attempt }) => (attempt.event.time - FIRST) / 1_000));

describe('a run of attempts', () => {
  it('is five within ten minutes, and all that are within them', () => {
    expect(runs(at(0, 60, 120, 180))).toEqual([]);
    expect(runs(at(0, 150, 300, 450, 600))).toEqual([[0, 150, 300, 450, 600]]);
    expect(runs(at(0, 150, 300, 450, 601))).toEqual([]);
    expect(runs(at(0, 1, 2, 3, 4, 5, 600, 700))).toEqual([[0, 1, 2, 3, 4, 5, 600]]);
  });

  it('begins where five are near each other, in whatever order they come', () => {
    expect(runs(at(904, 0, 902, 901, 900, 903))).toEqual([[900, 901, 902, 903, 904]]);
  });

  it('comes again when it goes on for longer', () => {
    const long = Array.from({ length: 40 }, (_, n) => n * 30);
    expect(runs(at(...long)).map((run) => run[0])).toEqual([0, 630]);
  });

  it('has in it only what was refused for want of permission', () => {
    const missing = attemptAt(3, { errorCode: 'NoSuchEntityException', errorMessage: 'no such group' });
    expect(runs([...at(0, 1, 2, 4), missing])).toEqual([]);
  });

  it('is none where an alert has told of one so near, before or after', () => {
    expect(runs(at(0, 1, 2, 3, 4), [0])).toEqual([]);
    expect(runs(at(0, 1, 2, 3, 4), [600])).toEqual([]);
    expect(runs(at(0, 1, 2, 3, 4), [-600])).toEqual([]);
    expect(runs(at(0, 1, 2, 3, 4), [-601])).toEqual([[0, 1, 2, 3, 4]]);
  });

  it('is told once, however late and in whatever order its records come', () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 4_000 }), { minLength: 5, maxLength: 30 });
    const shuffled = moments.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 9 }), (seconds, page) => {
        const told: number[] = [];
        for (let from = 0; from < seconds.length; from += page) {
          for (const [first = 0] of runs(at(...seconds.slice(0, from + page)), told)) told.push(first);
        }
        const sorted = told.toSorted((a, b) => a - b);
        for (const [n, one] of sorted.entries())
          if (n > 0) expect(one - (sorted[n - 1] ?? 0)).toBeGreaterThan(600);
        expect(told.length > 0).toBe(runs(at(...seconds)).length > 0);
      }),
      { numRuns: 60 },
    );
  });
});
