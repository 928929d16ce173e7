import type { Standing } from './policy.ts';

const WORDS: Record<Standing, string> = {
  administrator: 'administrator rights',
  escalation: 'a path to more rights',
  'broad-write': 'broad write access',
  narrow: 'narrow rights',
  nothing: 'nothing',
};

/** What a standing is called in a sentence after "grants". */
export const standingWords = (standing: Standing): string => WORDS[standing];
