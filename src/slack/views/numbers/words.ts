import type { Spread } from '../../../domain/numbers.ts';
import { spanInWords } from '../../../domain/time.ts';
import type { Stretch } from '../../../domain/times.ts';

/** What each stretch is called, in tables and in pictures. */
export const STRETCH_WORDS: Record<Stretch, string> = {
  'aws-delay': 'Delay of AWS, at least',
  'poll-delay': 'Delay of polling, at most',
  'slack-delay': 'Delay of Slack',
  'to-acknowledge': 'Until acknowledged',
  'to-first-step': 'Until a step of the guide',
  'to-contain': 'Until contained',
  'to-resolve': 'Until resolved',
};

/** The middle and the slow end, as people say them. */
export const spreadInWords = ({ median, p90, of }: Spread): string =>
  of === 1 ? spanInWords(median) : `${spanInWords(median)}, for 90 % at most ${spanInWords(p90)}`;

/** A share as a whole percentage. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
