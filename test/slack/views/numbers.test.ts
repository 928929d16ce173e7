import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import type { Unresolved } from '../../../src/ports/alerts.ts';
import type { ShownPicture } from '../../../src/ports/messages.ts';
import type { Drawn } from '../../../src/slack/drawn.ts';
import { daysAlt, daysTitle, spansAlt, spansTitle } from '../../../src/slack/files/charts-words.ts';
import { statsAnswer } from '../../../src/slack/views/answers/stats.ts';
import { digest } from '../../../src/slack/views/numbers/digest.ts';
import { checkBlocks } from '../../../src/standins/slack/block-kit.ts';
import { markupOf, nasty, TAGS } from '../../support/markup.ts';
import { CHARTS, reportFor, WEEK } from '../../support/week.ts';

const nobody = { open: 0, acknowledged: 0 };
const OPEN: Unresolved = {
  critical: { open: 1, acknowledged: 0 },
  high: nobody,
  medium: nobody,
  low: nobody,
};
const NONE: Unresolved = { critical: nobody, high: nobody, medium: nobody, low: nobody };

const picturesOf = (report: Report): ShownPicture[] => [
  { fileId: CHARTS.days, title: daysTitle(report), alt: daysAlt(report) },
  { fileId: CHARTS.spans, title: spansTitle(report), alt: spansAlt(report) },
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
