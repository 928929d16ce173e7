/** Where and when the reader is. */
export interface Reader {
  now: number;
  timeZone?: string;
  locale?: string;
}

const DAY = 86_400_000;

/**
 * A `<!date^…>` in the reader's own time; undefined when the format has a token that Slack doesn't know.
 * D:messaging/formatting-message-text, Date formatting.
 */
export function localDate(seconds: number, format: string, reader: Reader): string | undefined {
  const at = seconds * 1000;
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (_, name: string) => {
    const written = oneToken(name, at, reader);
    known &&= written !== undefined;
    return written ?? '';
  });
  return known ? text : undefined;
}

function oneToken(name: string, at: number, reader: Reader): string | undefined {
  const { timeZone, locale = 'en-GB' } = reader;
  const say = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const date: Record<string, Intl.DateTimeFormatOptions> = {
    date: { year: 'numeric', month: 'long', day: 'numeric' },
    date_short: { year: 'numeric', month: 'short', day: 'numeric' },
    date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
    date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  };
  const wanted = date[name.replace(/_pretty$/, '')];
  if (wanted) return (name.endsWith('_pretty') && nearDay(at, reader)) || say(wanted);
  switch (name) {
    case 'date_num':
      return dayOf(at, timeZone);
    case 'time':
      return say({ hour: '2-digit', minute: '2-digit' });
    case 'time_secs':
      return say({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
    case 'ago':
      return ago(at, reader.now);
    default:
      return undefined;
  }
}

/** 2026-11-24, in this time zone. */
const dayOf = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);

function nearDay(at: number, { now, timeZone }: Reader): string | undefined {
  const day = dayOf(at, timeZone);
  if (day === dayOf(now, timeZone)) return 'today';
  if (day === dayOf(now - DAY, timeZone)) return 'yesterday';
  return day === dayOf(now + DAY, timeZone) ? 'tomorrow' : undefined;
}

function ago(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const [count, unit] =
    Math.abs(seconds) < 60
      ? [seconds, 'second']
      : Math.abs(seconds) < 3_600
        ? [Math.round(seconds / 60), 'minute']
        : Math.abs(seconds) < 86_400
          ? [Math.round(seconds / 3_600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  const many = `${Math.abs(Number(count))} ${unit}${Math.abs(Number(count)) === 1 ? '' : 's'}`;
  return seconds < 0 ? `in ${many}` : `${many} ago`;
}
