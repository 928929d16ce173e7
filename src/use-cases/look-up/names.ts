import { unknownBecause } from '../../domain/facts.ts';
import { nearNames, sameNameIn } from '../../domain/near-names.ts';
import type { LookedUp, LookUpNeeds } from './wanted.ts';

/** A name as IAM or our history writes it, and what to say when neither knows it. */
export interface Named {
  /** As it is written, or as it was typed. */
  name: string;
  /** IAM takes names of some characters only, and there is no use in asking for others. */
  possible: boolean;
  unknown: () => LookedUp;
}

/** Finds what a typed name is meant to be: letter case doesn't matter, and near misses are suggested. */
export async function named(
  { alerts, facts }: LookUpNeeds,
  of: 'users' | 'groups',
  typed: string,
  signal: AbortSignal,
): Promise<Named> {
  const [live, ours] = await Promise.all([
    facts.names(of, { signal }),
    alerts.names(of === 'users' ? ['subject', 'actor'] : ['object']),
  ]);
  const known = [...(live.is === 'known' ? live.value : []), ...ours];
  const missing = unknownBecause(live, `the names of all ${of}`);
  return {
    name: sameNameIn(typed, known) ?? typed,
    possible: /^[\w+=,.@-]{1,128}$/.test(typed),
    unknown: () => ({
      is: 'unknown',
      near: nearNames(typed, known),
      missing: missing === undefined ? [] : [missing],
    }),
  };
}
