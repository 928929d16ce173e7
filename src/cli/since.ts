import { DAY, HOUR, type Instant, MINUTE } from '../domain/time.ts';

const UNITS: Record<string, number> = { min: MINUTE, h: HOUR, d: DAY };

/** The moment that `7d`, `12h`, `30min` or an ISO date means; UTC unless it says otherwise. Nothing for other text. */
export function sinceOf(text: string, now: Instant): Instant | undefined {
  const [, count, unit = ''] = /^(\d{1,6})(min|h|d)$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const [, day, time = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const at = Date.parse(time ? `${day}T${time}${zone}` : `${day}`);
  return Number.isNaN(at) ? undefined : at;
}
