import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';
import { readUntil, sweepDue, sweepWindow, tickWindow } from '../../src/polling/windows.ts';

const now = Date.UTC(2026, 10, 24, 3, 0, 0, 789);
const end = Date.UTC(2026, 10, 24, 3, 0, 0);
const watch = { account: '1', region: 'us-east-1', scan: 'tick', since: end - 60 * DAY } as const;

describe('the window of a poll', () => {
  it('looks back by the setting on the very first start, in whole seconds', () => {
    expect(tickWindow(undefined, now, HOUR)).toEqual({ start: end - HOUR, end });
  });

  it('overlaps the last complete one', () => {
    expect(tickWindow({ ...watch, watermark: end - 15_000 }, now, HOUR).start).toBe(end - 15_000 - HOUR);
  });

  it('overlaps by 30 minutes at least, since events arrive late', () => {
    expect(tickWindow({ ...watch, watermark: end }, now, MINUTE).start).toBe(end - 30 * MINUTE);
  });

  it('catches up after downtime, as far as AWS keeps events', () => {
    const old = { ...watch, since: end - 400 * DAY, watermark: end - 200 * DAY };
    expect(tickWindow(old, now, HOUR).start).toBe(end - 89 * DAY);
  });

  it('never looks further back than where watching began', () => {
    expect(tickWindow({ ...watch, since: end - 5 * MINUTE, watermark: end }, now, HOUR).start).toBe(
      end - 5 * MINUTE,
    );
  });

  it('leaves no gap between two windows, whatever the clock does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -DAY, max: 80 * DAY }),
        fc.integer({ min: 1, max: DAY }),
        (step, lookback) => {
          const first = tickWindow({ ...watch, watermark: end - HOUR }, now, lookback);
          const second = tickWindow({ ...watch, watermark: first.end }, now + step, lookback);
          expect(second.start).toBeLessThanOrEqual(first.end);
          expect(second.start).toBeLessThanOrEqual(second.end);
        },
      ),
    );
  });
});

describe('what has been read of a window', () => {
  it('is all of it, but for what lies in the future of AWS', () => {
    const window = { start: end - HOUR, end };
    expect(readUntil(window, end)).toBe(end);
    expect(readUntil(window, end - 2_300)).toBe(end);
    expect(readUntil(window, end - 3 * HOUR + 700)).toBe(end - 3 * HOUR);
    expect(readUntil(window, end + HOUR)).toBe(end);
  });
});

describe('a sweep', () => {
  it('is due until one completes, and again when its time has come', () => {
    expect(sweepDue('hourly', undefined, now)).toBe(true);
    expect(sweepDue('hourly', { ...watch, scan: 'hourly', completedAt: now - 59 * MINUTE }, now)).toBe(false);
    expect(sweepDue('hourly', { ...watch, scan: 'hourly', completedAt: now - HOUR }, now)).toBe(true);
    expect(sweepDue('hourly', { ...watch, scan: 'hourly', completedAt: now + DAY }, now)).toBe(true);
  });

  it('reads 24 hours or 14 days, but nothing from before the watch', () => {
    expect(sweepWindow('hourly', 0, now)).toEqual({ start: end - DAY, end });
    expect(sweepWindow('daily', 0, now)).toEqual({ start: end - 14 * DAY, end });
    expect(sweepWindow('daily', end - HOUR, now).start).toBe(end - HOUR);
  });
});
