import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../src/domain/report.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts';
import type { AlertTimes } from '../../../src/domain/times.ts';
import { drawDays, drawSpans } from '../../../src/slack/files/charts.ts';
import { daysAlt, spansAlt } from '../../../src/slack/files/charts-words.ts';

const TO = Date.UTC(2026, 10, 24, 12);
const at = (daysAgo: number, different: Partial<AlertTimes> = {}): AlertTimes => {
  const raisedAt = TO - daysAgo * DAY;
  return {
    alertId: `GW-${daysAgo}`,
    account: '111122223333',
    ruleId: 'r',
    group: 'admins',
    severity: 'low',
    eventTime: raisedAt - 5 * MINUTE,
    lookedAt: raisedAt - 15_000,
    raisedAt,
    ...different,
  };
};
const reportFor = (days: number, times: AlertTimes[]) =>
  reportOf({ times, total: times.length }, { from: TO - days * DAY, to: TO });

/** The colours that are on a picture, each with how many of its points have it. */
async function coloursOf(png: Uint8Array): Promise<Map<string, number>> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const colours = new Map<string, number>();
  for (let n = 0; n < data.length; n += 4) {
    const colour = `#${Buffer.from(data.subarray(n, n + 3)).toString('hex')}`;
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  return colours;
}

const LOW = '#56b4e9';
const CRITICAL = '#7a0f3c';
const MEDIUM = '#e69f00';
const BAR = '#0072b2';

describe('the chart of the days', () => {
  it('has a column for each day, as high as there were alerts, by severity', async () => {
    const times = [at(1), at(1), at(1, { severity: 'critical' })];
    const colours = await coloursOf(await drawDays(reportFor(7, times)));
    const [low = 0, critical = 1] = [colours.get(LOW), colours.get(CRITICAL)];
    expect(low / critical).toBeCloseTo(2, 0);
    expect(colours.has(MEDIUM)).toBe(false);
  });

  it('says the same in words', () => {
    const times = [at(1), at(1), at(3, { severity: 'critical' })];
    expect(daysAlt(reportFor(7, times))).toBe(
      'Alerts a day, 2026-11-17 to 2026-11-24 (UTC). 3 in all: 1 critical, 2 low. Most on 2026-11-23: 2. ' +
        'By day: 2026-11-17 0, 2026-11-18 0, 2026-11-19 0, 2026-11-20 0, 2026-11-21 1, 2026-11-22 0, 2026-11-23 2, 2026-11-24 0.',
    );
    expect(daysAlt(reportFor(90, times)).length).toBeLessThan(200);
  });
});

describe('the chart of the spans', () => {
  const quick = at(1, { acknowledgedAt: TO - DAY + MINUTE });
  const slow = at(1, { acknowledgedAt: TO - DAY + 6 * HOUR });

  it('has a longer bar for what took longer, and none for what is not known', async () => {
    const bars = async (times: AlertTimes[]) =>
      (await coloursOf(await drawSpans(reportFor(7, times)))).get(BAR) ?? 0;
    const both = { eventTime: undefined, resolvedAt: TO - DAY + 2 * DAY };
    expect(await bars([{ ...slow, ...both }])).toBeGreaterThan(1.2 * (await bars([{ ...quick, ...both }])));
    expect(await bars([at(1, { eventTime: undefined })])).toBe(0);
  });

  it('says the same in words', () => {
    expect(spansAlt(reportFor(7, [quick]))).toBe(
      'How long it took, 2026-11-17 to 2026-11-24. Medians: Delay of AWS, at least: 4 min 45 s; ' +
        'Delay of polling, at most: 15 s; Delay of Slack: not known of any; Until acknowledged: 1 min; ' +
        'Until a step of the guide: not known of any; Until contained: not known of any; Until resolved: not known of any.',
    );
    expect(spansAlt(reportFor(7, [quick, slow]))).toContain(
      'Until acknowledged: 3 h, for 90 % at most 5 h 24 min',
    );
  });
});

it.each([1, 7, 90])('charts of %i days are PNGs of one size, also without an alert', async (days) => {
  for (const png of [await drawDays(reportFor(days, [])), await drawSpans(reportFor(days, []))]) {
    expect(Buffer.from(png.subarray(0, 4)).toString('latin1')).toBe('\x89PNG');
    const { width, height } = await loadImage(png);
    expect([width, height > 400, height < 600]).toEqual([1200, true, true]);
    expect(png.byteLength).toBeLessThan(150_000);
  }
});
