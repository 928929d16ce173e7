import fc from 'fast-check';

/** Text as somebody would write it who wants to be a mention, a link, a ping, or too long. */
export const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<@U1>',
    '<https://evil.example|good>',
    '`*_~',
    '\u202Eevil',
    '&'.repeat(128),
    'a|b>c',
    '\n>x',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }),
);

/** Every tag of Slack's markup that a view may make. */
export const TAGS =
  /<(#[CG][A-Z0-9]+|@[UW][A-Z0-9_]+|!subteam\^S[A-Z0-9_]+|!date\^\d+\^[^<>|]*\|[\d: UTC-]+|https:\/\/[^<>|\s]+\|[^<>|]+)>/g;

/** Every mrkdwn object in a view or message. */
export function markupOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(markupOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' ? [{ ...value }] : [];
  return [...own, ...Object.values(value).flatMap(markupOf)];
}
