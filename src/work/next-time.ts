import cron from 'node-cron';
import type { Instant } from '../domain/time.ts';
import { SECOND } from '../domain/time.ts';
import type { Timetable } from '../domain/timetable.ts';
import { instantAt, wallTime } from '../domain/zoned-time.ts';

/** February 29 comes within eight years, even around a century's end. */
const FURTHEST_DAY = 8 * 366;

/** Answers what a timetable is asked. */
export interface Times {
  /** The first of its times after a moment; nothing when there is none. */
  after(at: Instant): Instant | undefined;
  has(at: Instant): boolean;
}

/**
 * node-cron tells only what comes after its own clock; this tells what comes after any moment. Its own matcher has
 * the last word, so both agree.
 */
export function timesOf({ cron: expression, zone = machineZone() }: Timetable): Times {
  const { month, hour, minute, second } = cron.parse(expression);
  const task = cron.createTask(expression, () => undefined, { timezone: zone });
  const has = (at: Instant): boolean => at % SECOND === 0 && task.match(new Date(at));

  function onDay(day: { year: number; month: number; day: number }, after: Instant): Instant | undefined {
    for (const h of hour) {
      for (const m of minute) {
        const at = instantAt({ ...day, hour: h, minute: m }, zone);
        const found = second.map((s) => at + s * SECOND).find((one) => one > after && has(one));
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  return {
    has,
    after(at) {
      const today = wallTime(at, zone);
      for (let ahead = 0; ahead <= FURTHEST_DAY; ahead++) {
        const day = new Date(Date.UTC(today.year, today.month - 1, today.day + ahead));
        const date = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
        const found = month.includes(date.month) ? onDay(date, at) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
