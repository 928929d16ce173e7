import type { Instant } from '../domain/time.ts';

const BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2}(?:\.\d+)?)Z$/;
const EXTENDED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads CloudTrail's times: extended ISO 8601, and the basic form that sessions have in some records. */
export function readTime(text: unknown): Instant | undefined {
  if (typeof text !== 'string') return undefined;
  const basic = BASIC.exec(text);
  const extended = basic ? `${basic[1]}-${basic[2]}-${basic[3]}T${basic[4]}:${basic[5]}:${basic[6]}Z` : text;
  if (!EXTENDED.test(extended)) return undefined;
  const time = Date.parse(extended);
  return Number.isNaN(time) ? undefined : time;
}
