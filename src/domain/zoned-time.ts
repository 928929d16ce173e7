import { type Instant, MINUTE } from './time.ts';

/** A day and a time as a clock on the wall shows them. */
export interface WallTime {
  year: number;
  /** From 1 on. */
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
  hour: number;
  minute: number;
}

/** Whether it names a time zone: Europe/Berlin, UTC, … */
export function isTimeZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: making one takes longer than a hundred uses. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** What the clocks of a time zone show; throws a RangeError for a zone that there isn't. */
export function wallTime(at: Instant, zone: string): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/**
 * When the clocks of a zone show this; days may lie beyond the end of a month. Of an hour that comes twice the first
 * one, and for one that is left out as long after it as the clocks jump.
 */
export function instantAt(
  { year, month, day, hour, minute }: Omit<WallTime, 'weekday'>,
  zone: string,
): Instant {
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  const candidates = [
    shown - offsetAt(shown - DAY_AND_MORE, zone),
    shown - offsetAt(shown + DAY_AND_MORE, zone),
  ];
  const right = candidates.filter((at) => at + offsetAt(at, zone) === shown);
  return right.length > 0 ? Math.min(...right) : Math.max(...candidates);
}

/** No zone is further from UTC. */
const DAY_AND_MORE = 26 * 60 * MINUTE;

/** What the clocks of a zone are ahead of UTC, in whole minutes. */
function offsetAt(at: Instant, zone: string): number {
  const { year, month, day, hour, minute } = wallTime(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE) * MINUTE;
}
