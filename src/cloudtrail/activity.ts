import type { CloudTrailEvent } from '../domain/event.ts';
import { type Instant, SECOND } from '../domain/time.ts';
import type { EventAttribute, EventSource, ReadActivity, Whose } from '../ports/cloudtrail.ts';

/** 5,000 events: who does more is told of by the latest of them. */
const MOST_PAGES = 100;

interface Needs {
  sourceIn: (region: string) => EventSource;
  regions: readonly string[];
  mostPages?: number;
}

/**
 * Reads what somebody did, by access key and by name, in each of the Regions: most services record their calls where
 * they are made. Behind the poll, each Region within its own quota, one after the other.
 */
export function activityReader({ sourceIn, regions, mostPages = MOST_PAGES }: Needs): ReadActivity {
  return async (whose, window, { signal, progress }) => {
    const events = new Map<string, CloudTrailEvent>();
    const bounds = { start: whole(window.start), end: whole(window.end) };
    const scans = regions.flatMap((region) => attributesOf(whose).map((by) => ({ region, by })));
    let from = window.start;
    let pages = 0;
    for (const [index, { region, by }] of scans.entries()) {
      // What is left is shared by the scans that are still to come.
      const most = pages + Math.max(1, Math.floor((mostPages - pages) / (scans.length - index)));
      let oldest = window.end;
      for await (const page of sourceIn(region).pages({ by, window: bounds, behindPolls: true }, signal)) {
        for (const reading of page) {
          if (reading.is !== 'event' || !whose.isTheirs(reading.event)) continue;
          events.set(reading.event.key, reading.event);
          oldest = Math.min(oldest, reading.event.time);
        }
        pages++;
        await progress?.(pages);
        if (pages < most) continue;
        // Whether this was the last page isn't known: better to say too little than to leave a gap unsaid.
        from = Math.max(from, oldest);
        break;
      }
    }
    return { events: [...events.values()].filter(({ time }) => time >= from), from, pages };
  };
}

const whole = (at: Instant): Instant => Math.floor(at / SECOND) * SECOND;

const attributesOf = ({ keys, names }: Whose): EventAttribute[] => [
  ...keys.map((value) => ({ key: 'AccessKeyId' as const, value })),
  ...names.map((value) => ({ key: 'Username' as const, value })),
];
