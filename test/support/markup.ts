import fc from 'fast-check';

/** Text as somebody would write it who wants to be a mention, a link, a ping, or too long. */
export const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<@U0EVIL>',
    '<!subteam^S0EVIL>',
    '<#C0EVIL>',
    '<!date^1^{date}|00:00>',
    '<https://evil.example|good>',
    '`<@U0EVIL>`',
    '`*_~',
    '\u202Eevil',
    '&'.repeat(128),
    'a|b>c',
    '\n>x',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }),
);

/** Every tag of Slack's markup that a view may make; none that somebody has written. */
export const TAGS =
  /<(#(?!C0EVIL)[CG][A-Z0-9]+|@(?!U0EVIL)[UW][A-Z0-9_]+|!subteam\^(?!S0EVIL)S[A-Z0-9_]+|!date\^(?!1\^)\d+\^[^<>|]*\|[\d: UTC-]+|https:\/\/(?!evil\.)[^<>|\s]+\|[^<>|]+)>/g;

/** Every mrkdwn object in a view or message. */
export function markupOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(markupOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' ? [{ ...value }] : [];
  return [...own, ...Object.values(value).flatMap(markupOf)];
}
