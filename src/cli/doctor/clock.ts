import { spanInWords } from '../../domain/time.ts';
import { SKEW_LIMIT } from '../../use-cases/watch-health.ts';
import { type Finding, of } from './finding.ts';

/** Whether this machine's clock is right, by another's; `skew` is theirs minus ours, by whole seconds. */
export function clock(whose: 'AWS' | 'Slack', skew: number | undefined): Finding {
  const is = of(`clock against ${whose}`);
  if (skew === undefined) return is.unchecked(`${whose} has told no time.`);
  if (Math.abs(skew) <= SKEW_LIMIT) return is.well(`it agrees to ${spanInWords(Math.abs(skew) + 1_000)}.`);
  const side = skew > 0 ? 'behind' : 'ahead of';
  return is.ill(
    `this machine's clock is ${spanInWords(Math.abs(skew))} ${side} that of ${whose}.`,
    'Set it by NTP.',
  );
}
