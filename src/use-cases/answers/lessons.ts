import { say, strong } from '../../domain/answer.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import type { AlertTimes } from '../../ports.ts';
import type { FindAnswer, FindNeeds } from './finder.ts';

const SPAN = 90 * DAY;

/** How long each stretch took here, beside the team's own medians of 90 days. */
export const findLessons =
  ({ alerts, clock }: FindNeeds): FindAnswer =>
  async ({ alert }) => {
    const all = await alerts.timesSince(clock.now() - SPAN);
    const mine = all.find(({ alertId }) => alertId === alert.id);
    const rows = Object.entries(STRETCHES).map(([what, of]) => [
      what,
      inWords(mine && of(mine)),
      inWords(median(all.flatMap((times) => of(times) ?? []))),
    ]);
    const detected = mine && STRETCHES['AWS and polling']?.(mine);
    return {
      at: clock.now(),
      source: `Groupwatch's own times, of ${all.length} alerts in 90 days`,
      short: [
        say`Detected ${strong(inWords(detected))} after it happened, acknowledged after ${strong(inWords(mine && STRETCHES.acknowledging?.(mine)))}, resolved after ${strong(inWords(mine && STRETCHES.resolving?.(mine)))}`,
      ],
      more: [
        say`CloudTrail delivers within minutes on average; a poll adds its interval at most`,
        say`To ask: was everything logged that you needed, and who could have acted sooner?`,
      ],
      table: { columns: ['Stretch', 'This alert', 'Median'], rows },
      missing: [],
    };
  };

type Stretch = (times: AlertTimes) => number | undefined;

const from = (start: number, end: number | undefined): number | undefined =>
  end === undefined ? undefined : Math.max(0, end - start);

const STRETCHES: Record<string, Stretch> = {
  'AWS and polling': ({ eventTime, raisedAt }) => from(eventTime, raisedAt),
  Slack: ({ raisedAt, shownAt }) => from(raisedAt, shownAt),
  acknowledging: ({ raisedAt, acknowledgedAt }) => from(raisedAt, acknowledgedAt),
  resolving: ({ raisedAt, resolvedAt }) => from(raisedAt, resolvedAt),
};

const inWords = (span: number | undefined): string => (span === undefined ? 'not yet' : spanInWords(span));

function median(spans: readonly number[]): number | undefined {
  const sorted = spans.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return undefined;
  return sorted.length % 2 === 0 && low !== undefined ? (low + high) / 2 : high;
}
