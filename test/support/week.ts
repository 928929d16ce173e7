import { type Report, reportOf } from '../../src/domain/report.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';
import type { AlertTimes } from '../../src/domain/times.ts';
import { iamUserAddedToGroup as rule } from '../../src/rules/iam-user-added-to-group.ts';

const TO = Date.UTC(2026, 10, 24, 9);

/** A week in which things went as they go. */
export const WEEK: AlertTimes[] = Array.from({ length: 23 }, (_, n) => {
  const raisedAt = TO - (n % 7) * DAY - n * HOUR;
  return {
    alertId: `GW-EXAMPLE000${10 + n}`,
    account: n % 3 === 0 ? '444455556666' : '111122223333',
    ruleId: rule.id,
    group: n === 7 ? undefined : (['admins', 'developers', 'billing'][n % 3] ?? 'admins'),
    severity: (['low', 'low', 'medium', 'high', 'critical'] as const)[n % 5] ?? 'low',
    eventTime: n === 7 ? undefined : raisedAt - (3 + n) * MINUTE,
    lookedAt: raisedAt - 15_000,
    raisedAt,
    shownAt: raisedAt + 400 + 50 * n,
    ...(n % 4 !== 0 && { acknowledgedAt: raisedAt + n * MINUTE }),
    ...(n % 4 === 1 && { firstStepAt: raisedAt + n * 3 * MINUTE }),
    ...(n === 4 && { containedAt: raisedAt + 40 * MINUTE }),
    ...(n % 2 === 0 && {
      resolvedAt: raisedAt + n * HOUR,
      verdict: (['benign', 'false-positive', 'true-positive'] as const)[n % 3],
    }),
  };
});
/** What the week to then came to. */
export const reportFor = (times: AlertTimes[], total = times.length): Report =>
  reportOf({ times, total }, { from: TO - 7 * DAY, to: TO });

/** The ids that its charts have in Slack. */
export const CHARTS = { days: 'F0DAYS', spans: 'F0TIMES' };
