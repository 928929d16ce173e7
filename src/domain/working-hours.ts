import type { Instant } from './time.ts';
import { instantAt, isTimeZone, wallTime } from './zoned-time.ts';

/** When people are at work, by the clocks of one place. */
export interface WorkingHours {
  /** 0 is Sunday. */
  days: readonly number[];
  /** Minutes since midnight; the end doesn't belong to it. */
  from: number;
  to: number;
  zone: string;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const SHAPE = /^(\S+)\s+(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})\s+(\S+)$/;

/** `Mon-Fri 08:00-18:00 Europe/Berlin`, or days with commas: `Mon,Wed,Fri`. Nothing when it isn't that. */
export function workingHours(text: string): WorkingHours | undefined {
  const [, dayWords = '', ...rest] = SHAPE.exec(text.trim()) ?? [];
  const zone = rest[4] ?? '';
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = rest.slice(0, 4).map(Number);
  const days = dayWords.split(',').map(daysOf);
  if (days.some((some) => some.length === 0) || !isTimeZone(zone)) return undefined;
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (fromMinute > 59 || toMinute > 59 || from >= to || to > 24 * 60) return undefined;
  return { days: [...new Set(days.flat())].sort(), from, to, zone };
}

/** `Mon`, or `Fri-Mon` round the end of the week. */
function daysOf(words: string): number[] {
  const [first = -1, last = first, ...more] = words
    .split('-')
    .map((word) => DAYS.findIndex((day) => day.toLowerCase() === word.toLowerCase()));
  if (first < 0 || last < 0 || more.length > 0) return [];
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, n) => (first + n) % 7);
}

/** The first moment from `at` on when people are at work: `at` itself when they are. */
export function atWork({ days, from, to, zone }: WorkingHours, at: Instant): Instant {
  const now = wallTime(at, zone);
  const minute = now.hour * 60 + now.minute;
  if (days.includes(now.weekday) && minute >= from && minute < to) return at;
  const begun = minute >= from ? 1 : 0;
  const ahead = Array.from({ length: 8 }, (_, n) => n + begun).find((n) =>
    days.includes((now.weekday + n) % 7),
  );
  const { year, month, day } = now;
  const opening = { year, month, day: day + (ahead ?? 0), hour: Math.floor(from / 60), minute: from % 60 };
  return Math.max(at, instantAt(opening, zone));
}
