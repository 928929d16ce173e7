import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Report, reportOf } from '../../../src/domain/report.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts';
import type { AlertTimes } from '../../../src/domain/times.ts';
import type { ShownPicture, Unresolved } from '../../../src/ports.ts';
import { iamUserAddedToGroup as rule } from '../../../src/rules/iam-user-added-to-group.ts';
import type { Drawn } from '../../../src/slack/drawn.ts';
import { daysAlt, daysTitle, spansAlt, spansTitle } from '../../../src/slack/files/charts-words.ts';
import { statsAnswer } from '../../../src/slack/views/answers/stats.ts';
import { digest } from '../../../src/slack/views/numbers/digest.ts';
import { checkBlocks } from '../../../src/standins/slack/block-kit.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';

const TO = Date.UTC(2026, 10, 24, 9);
const nobody = { open: 0, acknowledged: 0 };
const OPEN: Unresolved = {
  critical: { open: 1, acknowledged: 0 },
  high: nobody,
  medium: nobody,
  low: nobody,
};
const NONE: Unresolved = { critical: nobody, high: nobody, medium: nobody, low: nobody };

/** A week in which things went as they go. */
const WEEK: AlertTimes[] = Array.from({ length: 23 }, (_, n) => {
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
const reportFor = (times: AlertTimes[], total = times.length): Report =>
  reportOf({ times, total }, { from: TO - 7 * DAY, to: TO });
const picturesOf = (report: Report): ShownPicture[] => [
  { fileId: 'F0DAYS', title: daysTitle(report), alt: daysAlt(report) },
  { fileId: 'F0TIMES', title: spansTitle(report), alt: spansAlt(report) },
];

const DRAWN: Record<string, Drawn> = {
  'answer-stats': statsAnswer(7, reportFor(WEEK), picturesOf(reportFor(WEEK))),
  'answer-stats-none': statsAnswer(30, reportFor([]), []),
  'answer-stats-without-charts': statsAnswer(90, reportFor(WEEK, 30_000), undefined),
  'notice-digest': digest(reportFor(WEEK), OPEN, picturesOf(reportFor(WEEK))),
  'notice-digest-of-nothing': digest(reportFor([]), NONE, []),
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

describe('numbers in Slack', () => {
  it.each(Object.entries(DRAWN))('%s', async (name, drawn) => {
    expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
    await expect(json(drawn)).toMatchFileSnapshot(`__snapshots__/${name}.json`);
  });

  it('have a description for every chart', () => {
    for (const block of DRAWN['notice-digest']?.blocks ?? [])
      if (block.type === 'image') expect(block.alt_text).toMatch(/^(Alerts a day|How long it took), .{100}/);
  });

  it('keep to what Slack takes, whatever groups are called, and however many there are', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 20 }), (names) => {
        const times = names.flatMap((group) => WEEK.map((one) => ({ ...one, group, account: group })));
        const report = reportFor(times);
        for (const drawn of [
          statsAnswer(7, report, picturesOf(report)),
          digest(report, OPEN, picturesOf(report)),
        ]) {
          expect(checkBlocks(drawn.blocks, 'message')).toEqual([]);
          expect(Buffer.byteLength(drawn.text)).toBeLessThan(3_900);
          for (const { verbatim, text } of markupOf(drawn.blocks)) {
            expect(verbatim).toBe(true);
            expect(String(text).replace(TAGS, '')).not.toMatch(/[<>]/);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are a message also where all names are as long as they can be', () => {
    const times = WEEK.flatMap((one, n) => ({
      ...one,
      group: `${n % 9}${'&'.repeat(127)}`,
      account: `${n % 8}${'<'.repeat(127)}`,
    }));
    const report = reportFor(times);
    expect(checkBlocks(digest(report, OPEN, picturesOf(report)).blocks, 'message')).toEqual([]);
    expect(checkBlocks(statsAnswer(90, report, picturesOf(report)).blocks, 'message')).toEqual([]);
  });
});
