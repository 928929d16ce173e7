import type { Spread } from '../../../domain/numbers.ts';
import { spanInWords } from '../../../domain/time.ts';

/** The middle and the slow end, as people say them. */
export const spreadInWords = ({ median, p90, of }: Spread): string =>
  of === 1 ? spanInWords(median) : `${spanInWords(median)}, for 90 % at most ${spanInWords(p90)}`;

/** A share as a whole percentage. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
