import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts';
import { atWork, type WorkingHours, workingHours } from '../../src/domain/working-hours.ts';
import { instantAt, isTimeZone, wallTime } from '../../src/domain/zoned-time.ts';

const at = (text: string): number => Date.parse(text);
const said = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

function hours(text: string): WorkingHours {
  const read = workingHours(text);
  if (!read) throw new Error(`${text} was not read`);
  return read;
}

describe('working hours', () => {
  it.each([
    [
      'Mon-Fri 08:00-18:00 Europe/Berlin',
      { days: [1, 2, 3, 4, 5], from: 480, to: 1080, zone: 'Europe/Berlin' },
    ],
    ['sat,SUN 0:00-24:00 UTC', { days: [0, 6], from: 0, to: 1440, zone: 'UTC' }],
    [
      'Fri-Mon 09:30-17:00 America/New_York',
      { days: [0, 1, 5, 6], from: 570, to: 1020, zone: 'America/New_York' },
    ],
    [
      'Mon-Wed,Fri 09:00-17:00 Asia/Kolkata',
      { days: [1, 2, 3, 5], from: 540, to: 1020, zone: 'Asia/Kolkata' },
    ],
  ])('are read from %s', (text, expected) => {
    expect(workingHours(text)).toEqual(expected);
  });

  it.each([
    '',
    'always',
    'Mon-Fri 08:00-18:00',
    'Mon-Fri 08:00-18:00 Europe/Berlyn',
    'Mo-Fr 08:00-18:00 Europe/Berlin',
    'Mon-Tue-Wed 08:00-18:00 UTC',
    'Mon-Fri 18:00-08:00 UTC',
    'Mon-Fri 08:00-08:00 UTC',
    'Mon-Fri 08:60-18:00 UTC',
    'Mon-Fri 08:00-24:01 UTC',
  ])('are not read from %j', (text) => {
    expect(workingHours(text)).toBeUndefined();
  });

  const berlin = hours('Mon-Fri 08:00-18:00 Europe/Berlin');
  it.each([
    ['in the middle of a day', '2026-11-24T10:00Z', '2026-11-24T10:00'],
    ['at the very opening', '2026-11-24T07:00Z', '2026-11-24T07:00'],
    ['at night', '2026-11-24T02:00Z', '2026-11-24T07:00'],
    ['at the very end', '2026-11-24T17:00Z', '2026-11-25T07:00'],
    ['on Friday evening', '2026-11-27T18:00Z', '2026-11-30T07:00'],
    ['on Sunday', '2026-11-29T12:00Z', '2026-11-30T07:00'],
    ['over the end of the year', '2026-12-31T22:00Z', '2027-01-01T07:00'],
    ['over the begin of summer time', '2026-03-27T18:00Z', '2026-03-30T06:00'],
    ['over its end', '2026-10-23T18:00Z', '2026-10-26T07:00'],
  ])('go on %s', (_, from, expected) => {
    expect(said(atWork(berlin, at(from)))).toBe(expected);
  });

  it('are found wherever people are, never earlier than asked and always within a week and a bit', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/St_Johns',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'UTC',
    );
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 });
    const instant = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2030-01-01T00:00Z') });
    const minutes = fc.tuple(fc.integer({ min: 0, max: 1_300 }), fc.integer({ min: 1, max: 140 }));
    fc.assert(
      fc.property(zone, days, instant, minutes, (where, on, now, [from, length]) => {
        const found = atWork({ days: on, from, to: from + length, zone: where }, now);
        expect(found).toBeGreaterThanOrEqual(now);
        expect(found - now).toBeLessThan(8 * DAY + 2 * HOUR);
        expect(on).toContain(wallTime(found, where).weekday);
      }),
      { numRuns: 300 },
    );
  });
});

describe('times on the wall', () => {
  const wall = (hour: number, minute = 30) => ({ year: 2026, month: 3, day: 29, hour, minute });

  it('are the first of those that come twice, and after those that are left out', () => {
    const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30 };
    expect(said(instantAt(twice, 'Europe/Berlin'))).toBe('2026-10-25T00:30');
    expect(said(instantAt(wall(2), 'Europe/Berlin'))).toBe('2026-03-29T01:30');
    expect(said(instantAt(wall(1), 'Europe/Berlin'))).toBe('2026-03-29T00:30');
    expect(said(instantAt(wall(3), 'Europe/Berlin'))).toBe('2026-03-29T01:30');
  });

  it('lead back to the moment that they were read from', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati', 'Asia/Kathmandu');
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 2 ** 33 }), (where, minutes) => {
        const moment = (minutes % 5e7) * MINUTE;
        const back = instantAt(wallTime(moment, where), where);
        // Of an hour that comes twice the first.
        expect([0, HOUR]).toContain(moment - back);
      }),
    );
  });

  it('know which zones there are', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
  });
});
