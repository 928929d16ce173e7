import { type Part, type Sentence, say, strong } from '../../domain/answer.ts';
import { spreadOf } from '../../domain/numbers.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { type AlertTimes, STRETCH_WORDS, STRETCHES, stretchOf } from '../../domain/times.ts';
import type { FindAnswer, FindNeeds } from './finder.ts';

const SPAN = 90 * DAY;

/** How long each stretch took here, beside the team's own medians of 90 days. */
export const findLessons =
  ({ alerts, clock }: FindNeeds): FindAnswer =>
  async ({ alert }) => {
    const all = await alerts.timesSince(clock.now() - SPAN);
    const mine = all.find(({ alertId }) => alertId === alert.id);
    const rows = STRETCHES.map((stretch) => [
      STRETCH_WORDS[stretch],
      inWords(mine && stretchOf(stretch, mine)),
      inWords(spreadOf(all.flatMap((times) => stretchOf(stretch, times) ?? []))?.median),
    ]);
    return {
      at: clock.now(),
      source: `Groupwatch's own times, of ${all.length} alerts in 90 days`,
      short: mine ? [course(mine)] : [],
      more: [
        say`CloudTrail delivers within minutes on average; a poll adds its interval at most`,
        say`To ask: was everything logged that you needed, and who could have acted sooner?`,
      ],
      table: { columns: ['Stretch', 'This alert', 'Median'], rows },
      missing: [],
    };
  };

/** From the event to the resolution, as far as it has come. */
function course(times: AlertTimes): Sentence {
  const { eventTime, raisedAt } = times;
  const detected: Sentence =
    eventTime === undefined
      ? say`The record does not tell when it happened`
      : say`Detected ${strong(spanInWords(Math.max(0, raisedAt - eventTime)))} after it happened`;
  return [
    ...detected,
    ...after('acknowledged', stretchOf('to-acknowledge', times)),
    ...after('resolved', stretchOf('to-resolve', times)),
  ];
}

const after = (what: string, span: number | undefined): Part[] =>
  span === undefined ? say`, not ${what} yet` : say`, ${what} after ${strong(spanInWords(span))}`;

const inWords = (span: number | undefined): string => (span === undefined ? '-' : spanInWords(span));
