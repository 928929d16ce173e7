import { createHash } from 'node:crypto';

/** Numbers that look like chance and come again with the same seed. */
export interface Random {
  /** From 0 up to but not 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** True this often, of 1. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the names, each as often as its weight says. */
  weighed<Name extends string>(weights: Record<Name, number>): Name;
  /** Another sequence of the same seed: what it draws doesn't change what this one does. */
  fork(name: string): Random;
}

export function random(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  /** Mulberry32: 32 bits of state are enough for a plan. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  function pick<T>(list: readonly T[]): T {
    const picked = list[between(0, list.length - 1)];
    if (picked === undefined) throw new Error('there is nothing to pick from');
    return picked;
  }
  return {
    next,
    between,
    pick,
    chance: (share) => next() < share,
    weighed(weights) {
      const names = Object.keys(weights).filter((name): name is keyof typeof weights => name in weights);
      return pick(names.flatMap((name) => Array<typeof name>(weights[name]).fill(name)));
    },
    fork: (name) => random(`${seed}/${name}`),
  };
}
