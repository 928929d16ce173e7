import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertsOn, daysOf, numbersOf, quantile, sharesOf, spreadOf } from '../../src/domain/numbers.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts';
import { type AlertTimes, STRETCHES, stretchOf } from '../../src/domain/times.ts';

const RAISED = Date.UTC(2026, 10, 24, 4);
const times = (different: Partial<AlertTimes> = {}): AlertTimes => ({
  alertId: 'GW-1',
  account: '111122223333',
  ruleId: 'rule',
  group: 'admins',
  severity: 'low',
  eventTime: RAISED - 5 * MINUTE,
  lookedAt: RAISED - 15 * SECOND,
  raisedAt: RAISED,
  ...different,
});

describe('how long a stretch took', () => {
  it('is split between AWS and polling by the last look that did not find it', () => {
    expect(stretchOf('aws-delay', times())).toBe(5 * MINUTE - 15 * SECOND);
    expect(stretchOf('poll-delay', times())).toBe(15 * SECOND);
  });

  it('is all of polling for what happened after the last look, as after a downtime', () => {
    const late = times({ lookedAt: RAISED - 3 * HOUR, eventTime: RAISED - HOUR });
    expect(stretchOf('aws-delay', late)).toBe(0);
    expect(stretchOf('poll-delay', late)).toBe(HOUR);
  });

  it('is not split where the last look is not known, or nobody could read when it happened', () => {
    for (const unknown of [times({ lookedAt: undefined }), times({ eventTime: undefined })]) {
      expect(stretchOf('aws-delay', unknown)).toBeUndefined();
      expect(stretchOf('poll-delay', unknown)).toBeUndefined();
    }
  });

  it('is counted from when the alert was raised, once it is over', () => {
    const at = RAISED + MINUTE;
    const done = times({ shownAt: at, acknowledgedAt: at, firstStepAt: at, containedAt: at, resolvedAt: at });
    for (const stretch of STRETCHES.slice(2)) {
      expect(stretchOf(stretch, done)).toBe(MINUTE);
      expect(stretchOf(stretch, times())).toBeUndefined();
    }
  });

  it('is never below nothing, whatever the clocks say, and AWS and polling add up', () => {
    const instant = fc.integer({ min: RAISED - DAY, max: RAISED + DAY });
    fc.assert(
      fc.property(instant, instant, (eventTime, lookedAt) => {
        const some = times({ eventTime, lookedAt });
        const [aws, poll] = [stretchOf('aws-delay', some) ?? -1, stretchOf('poll-delay', some) ?? -1];
        expect(aws).toBeGreaterThanOrEqual(0);
        expect(poll).toBeGreaterThanOrEqual(0);
        if (eventTime <= RAISED) expect(aws + poll).toBe(RAISED - eventTime);
      }),
    );
  });
});

describe('median and 90th percentile', () => {
  it.each([
    [[], undefined],
    [[7], { of: 1, median: 7, p90: 7 }],
    [[4, 1, 3, 2], { of: 4, median: 2.5, p90: 3.7 }],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], { of: 11, median: 60, p90: 100 }],
  ])('of %j', (spans, expected) => {
    const spread = spreadOf(spans);
    expect(spread && { ...spread, p90: Number(spread.p90.toFixed(6)) }).toEqual(expected);
  });

  it('lie among what they are of, and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1 }), (spans) => {
        const { median = -1, p90 = -1 } = spreadOf(spans) ?? {};
        expect(median).toBeGreaterThanOrEqual(Math.min(...spans));
        expect(p90).toBeGreaterThanOrEqual(median);
        expect(p90).toBeLessThanOrEqual(Math.max(...spans));
        expect(spans.filter((one) => one <= p90).length).toBeGreaterThanOrEqual(
          Math.floor(spans.length * 0.9),
        );
      }),
    );
  });

  it('are nothing of nothing', () => {
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('numbers', () => {
  const some = [
    times({ acknowledgedAt: RAISED + MINUTE, resolvedAt: RAISED + HOUR, verdict: 'false-positive' }),
    times({ acknowledgedAt: RAISED + 3 * MINUTE, resolvedAt: RAISED + HOUR, verdict: 'benign' }),
    times({ group: 'developers', account: '444455556666', verdict: 'true-positive', severity: 'critical' }),
    times({ group: undefined, raisedAt: RAISED + DAY }),
  ];

  it('count verdicts, and false positives among those that have one', () => {
    const { alerts, verdicts, falsePositives, stretches } = numbersOf(some);
    expect(alerts).toBe(4);
    expect(verdicts).toEqual({ 'true-positive': 1, benign: 1, 'false-positive': 1 });
    expect(falsePositives).toBeCloseTo(1 / 3);
    expect(stretches['to-acknowledge']).toEqual({ of: 2, median: 2 * MINUTE, p90: 2.8 * MINUTE });
    expect(stretches['to-contain']).toBeUndefined();
  });

  it('tell no share where nobody has judged', () => {
    expect(numbersOf([times()])).toEqual({
      alerts: 1,
      stretches: expect.anything(),
      verdicts: { 'true-positive': 0, benign: 0, 'false-positive': 0 },
    });
    expect(numbersOf([]).stretches).toEqual({});
  });

  it('are told by account, group and rule, the largest first', () => {
    const named = (by: 'account' | 'group' | 'rule') =>
      sharesOf(some, by).map(({ name, alerts }) => [name, alerts]);
    expect(named('account')).toEqual([
      ['111122223333', 3],
      ['444455556666', 1],
    ]);
    expect(named('group')).toEqual([
      ['admins', 2],
      ['', 1],
      ['developers', 1],
    ]);
    expect(named('rule')).toEqual([['rule', 4]]);
  });

  it('are counted by day, days without alerts included', () => {
    const days = daysOf(some, { from: RAISED - DAY, to: RAISED + DAY + HOUR });
    expect(days.map(({ start }) => new Date(start).toISOString().slice(0, 10))).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
    ]);
    expect(days.map(alertsOn)).toEqual([0, 3, 1]);
    expect(days[1]?.bySeverity).toEqual({ low: 2, medium: 0, high: 0, critical: 1 });
  });
});
