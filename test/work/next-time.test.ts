import { describe, expect, it } from 'vitest';
import { timetable } from '../../src/domain/timetable.ts';
import { timesOf } from '../../src/work/next-time.ts';

const at = (text: string): number => Date.parse(text);
const next = (table: string, from: string): string | undefined => {
  const found = timesOf(timetable(table)).after(at(from));
  return found === undefined ? undefined : new Date(found).toISOString().slice(0, 19);
};

describe('the next time of a timetable', () => {
  it.each([
    ['0 9 * * * UTC', '2026-11-24T08:59:59Z', '2026-11-24T09:00:00'],
    ['0 9 * * * UTC', '2026-11-24T09:00:00Z', '2026-11-25T09:00:00'],
    ['0 9 * * 1 Europe/Berlin', '2026-11-24T12:00:00Z', '2026-11-30T08:00:00'],
    ['0 9 * * MON-FRI Europe/Berlin', '2026-11-27T12:00:00Z', '2026-11-30T08:00:00'],
    ['0 9,17 * * * America/New_York', '2026-11-24T15:00:00Z', '2026-11-24T22:00:00'],
    ['*/20 * * * * * UTC', '2026-11-24T12:00:20Z', '2026-11-24T12:00:40'],
    ['0 9 L * * UTC', '2026-11-24T12:00:00Z', '2026-11-30T09:00:00'],
    ['0 0 29 2 * UTC', '2026-11-24T12:00:00Z', '2028-02-29T00:00:00'],
    ['30 2 * * * Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00'],
  ])('of %s after %s', (table, from, expected) => {
    expect(next(table, from)).toBe(expected);
  });

  it('is the machine’s own where no zone is named', () => {
    expect(timetable('0 9 * * 1-5')).toEqual({ cron: '0 9 * * 1-5' });
    expect(timetable(' */5 9 * * 1-5  Etc/GMT+3 ')).toEqual({ cron: '*/5 9 * * 1-5', zone: 'Etc/GMT+3' });
    const local = new Date(timesOf({ cron: '0 9 * * *' }).after(Date.now()) ?? 0);
    expect([local.getHours(), local.getMinutes(), local.getSeconds()]).toEqual([9, 0, 0]);
  });
});
