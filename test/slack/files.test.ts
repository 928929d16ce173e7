import { describe, expect, it } from 'vitest';
import { csvOf } from '../../src/slack/files/csv.ts';
import { drawTimeline } from '../../src/slack/files/timeline.ts';
import { servicesOf, timelineAlt } from '../../src/slack/files/timeline-words.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 24);

const timeline = (services: Record<string, number>, hours = 24) => ({
  title: 'Calls by hour and service around GW-1',
  marked: START + 5.5 * HOUR,
  hours: Array.from({ length: hours }, (_, n) => ({
    start: START + n * HOUR,
    services: n === 5 ? services : {},
  })),
});

describe('a table as a file', () => {
  it('keeps every cell as it is, and lets none become a formula', () => {
    const text = new TextDecoder().decode(
      csvOf({
        columns: ['a', 'b'],
        rows: [
          ['=HYPERLINK("x")', 'two\nlines'],
          ['@x', '-'],
          ['ä', ''],
        ],
      }),
    );
    expect(text.split('\r\n')).toEqual(['a,b', '"\'=HYPERLINK(""x"")","two\nlines"', "'@x,-", 'ä,', '']);
  });
});

describe('the picture of a timeline', () => {
  const size = (png: Uint8Array) => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };

  it('is a PNG that says nothing about its machine', async () => {
    const png = await drawTimeline(timeline({ iam: 3, s3: 40 }));
    expect(Buffer.from(png.subarray(0, 4)).toString('latin1')).toBe('\x89PNG');
    expect(size(png)).toEqual([1200, 520]);
    expect(await drawTimeline(timeline({ iam: 3, s3: 40 }))).toEqual(png);
    expect(await drawTimeline(timeline({ iam: 3, s3: 41 }))).not.toEqual(png);
  });

  it('is drawn whatever there is to draw', async () => {
    for (const one of [timeline({}), timeline({ iam: 1 }, 0), timeline({ '<!channel>': 1e6 }, 1)])
      expect(size(await drawTimeline(one))).toEqual([1200, 520]);
  });

  it('has many services as a few and the others', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`s${n}`, 20 - n]));
    expect(servicesOf(timeline(many)).map(({ name }) => name)).toEqual([
      's0',
      's1',
      's2',
      's3',
      's4',
      's5',
      'others',
    ]);
  });

  it('is described in words', () => {
    expect(timelineAlt(timeline({ iam: 3, s3: 40 }))).toBe(
      'Calls by hour and service around GW-1. 43 calls in 24 hours from 2026-11-24 00:00:00 UTC, by service: s3 40, iam 3. Most in the hour from 2026-11-24 05:00:00 UTC: 43. The addition is marked at 2026-11-24 05:30:00 UTC.',
    );
  });
});
