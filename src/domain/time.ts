/** A moment: whole milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A span as people say it, in its two largest units: `45 s`, `3 min 20 s`, `2 h`, `5 d 4 h`. Never negative. */
export function spanInWords(milliseconds: number): string {
  const left = Math.max(0, Math.round(milliseconds / SECOND)) * SECOND;
  const parts: string[] = [];
  let rest = left;
  for (const [size, unit] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}
