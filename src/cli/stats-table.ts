import type { Table } from '../domain/answer.ts';
import { SECOND } from '../domain/time.ts';
import { type AlertTimes, STRETCHES, stretchOf } from '../domain/times.ts';

const moment = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

const COLUMNS: Record<string, (times: AlertTimes) => string> = {
  alert: ({ alertId }) => alertId,
  account: ({ account }) => account,
  rule: ({ ruleId }) => ruleId,
  group: ({ group }) => group ?? '',
  severity: ({ severity }) => severity,
  verdict: ({ verdict }) => verdict ?? '',
  happened: ({ eventTime }) => moment(eventTime),
  raised: ({ raisedAt }) => moment(raisedAt),
  shown: ({ shownAt }) => moment(shownAt),
  acknowledged: ({ acknowledgedAt }) => moment(acknowledgedAt),
  'first step': ({ firstStepAt }) => moment(firstStepAt),
  contained: ({ containedAt }) => moment(containedAt),
  resolved: ({ resolvedAt }) => moment(resolvedAt),
};

/** A row an alert: what it is counted by, its times in UTC, and each stretch in seconds; empty where there is none. */
export function tableOf(all: readonly AlertTimes[]): Table {
  const seconds = (times: AlertTimes) =>
    STRETCHES.map((stretch) => {
      const span = stretchOf(stretch, times);
      return span === undefined ? '' : String(span / SECOND);
    });
  return {
    columns: [...Object.keys(COLUMNS), ...STRETCHES.map((stretch) => `${stretch} (s)`)],
    rows: all.map((times) => [...Object.values(COLUMNS).map((cell) => cell(times)), ...seconds(times)]),
  };
}
