import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDate } from '../../../src/standins/page/browser/markup/dates.ts';
import type { Inline, Paragraph } from '../../../src/standins/page/browser/markup/inline.ts';
import { parse, parsePlain } from '../../../src/standins/page/browser/markup/parse.ts';

const verbatim = { verbatim: true };
const inside = (markup: string, how = verbatim): Inline[] => parse(markup, how).flatMap((one) => one.inside);
const text = (value: string): Inline => ({ is: 'text', text: value });

/** Everything of one kind, however deep. */
function all(kind: Inline['is'], within: readonly (Inline | Paragraph)[]): unknown[] {
  return within.flatMap((one) => [
    ...(one.is === kind ? [one] : []),
    ...('inside' in one ? all(kind, one.inside) : []),
  ]);
}

describe('tokens in angle brackets', () => {
  it.each<[markup: string, is: Inline]>([
    ['<@U1>', { is: 'user', id: 'U1', label: undefined }],
    ['<#C1|ops>', { is: 'channel', id: 'C1', label: 'ops' }],
    ['<!subteam^S1>', { is: 'group', id: 'S1', label: undefined }],
    ['<!channel>', { is: 'broadcast', range: 'channel' }],
    [
      '<https://x.example/a?b=1&amp;c|a &lt;b&gt;>',
      { is: 'link', url: 'https://x.example/a?b=1&c', label: 'a <b>' },
    ],
    ['<mailto:a@b.example>', { is: 'link', url: 'mailto:a@b.example', label: 'a@b.example' }],
    ['<!date^1^{date_num}|then>', { is: 'date', at: 1, format: '{date_num}', fallback: 'then' }],
  ])('%s', (markup, is) => expect(inside(markup)).toEqual([is]));

  it.each([
    '<javascript:alert(1)|x>',
    '<data:text/html,x>',
    '<!date^x^{date}|y>',
    '<!date^1^{date}^javascript:x|y>',
    '<marquee>',
  ])('%s is an error that is seen', (markup) =>
    expect(inside(markup)).toMatchObject([{ is: 'wrong', raw: markup }]),
  );
});

describe('formatting', () => {
  it('nests, hugs its words, and stays in its line', () => {
    expect(inside('a *b _c_* d')).toEqual([
      text('a '),
      { is: 'bold', inside: [text('b '), { is: 'italic', inside: [text('c')] }] },
      text(' d'),
    ]);
    expect(inside('2*3*4 a_b_c * d * ~ e ~')).toEqual([text('2*3*4 a_b_c * d * ~ e ~')]);
    expect(all('bold', parse('*a\nb*', verbatim))).toEqual([]);
    expect(inside('`*a* &lt;b`')).toEqual([{ is: 'code', inside: [text('*a* <b')] }]);
  });

  it('knows quotes, also of escaped signs, and fences', () => {
    expect(parse('a\n&gt; b\n>c\nd\n```\n*x*\ny\n```', verbatim).map(({ is }) => is)).toEqual([
      'lines',
      'quote',
      'lines',
      'pre',
    ]);
    expect(parse('&gt;&gt;&gt;a\nb', verbatim)).toHaveLength(1);
  });

  it('takes emoji by name, and leaves names that nobody knows', () => {
    expect(inside(':white_check_mark: :nothing:')).toEqual([
      { is: 'emoji', name: 'white_check_mark', sign: '✅' },
      text(' :nothing:'),
    ]);
    expect(parsePlain(':key: *a* <@U1> &lt;\nb')).toEqual([
      { is: 'emoji', name: 'key', sign: '🔑' },
      text(' *a* <@U1> &lt;'),
      { is: 'break' },
      text('b'),
    ]);
    expect(parsePlain(':key:', { emoji: false })).toEqual([text(':key:')]);
  });

  it('makes links and mentions of loose text only where it is not verbatim', () => {
    const markup = 'see https://x.example/?a=1&amp;b or @here';
    expect(inside(markup)).toEqual([text('see https://x.example/?a=1&b or @here')]);
    expect(inside(markup, { verbatim: false })).toEqual([
      text('see '),
      { is: 'link', url: 'https://x.example/?a=1&b', label: 'https://x.example/?a=1&b' },
      text(' or '),
      { is: 'broadcast', range: 'here' },
    ]);
  });
});

describe('what was escaped', () => {
  const escaped = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const nasty = fc.oneof(
    fc.constantFrom(
      '<!channel>',
      '<@U1>',
      '<https://evil.example|good>',
      '<javascript:x|y>',
      '&lt;@U1&gt;',
      '\uFFFC<@U2>',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  );

  it('never becomes a mention, a link or a date', () => {
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        const drawn = parse(`<@U9> ${escaped(a)} *${escaped(b)}* \`${escaped(a)}\``, verbatim);
        expect(all('user', drawn)).toEqual([{ is: 'user', id: 'U9', label: undefined }]);
        for (const kind of ['link', 'broadcast', 'group', 'channel', 'date', 'wrong'] as const)
          expect(all(kind, drawn)).toEqual([]);
      }),
    );
  });

  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&;ltgampb |^!@#') }), (value) => {
        const drawn = inside(`x ${escaped(value)}`);
        expect(drawn.map((one) => ('text' in one ? one.text : '')).join('')).toBe(`x ${value}`);
      }),
    );
  });
});

describe('dates', () => {
  const at = Date.UTC(2026, 10, 24, 5, 7, 9);
  const reader = { now: at + 3_600_000, timeZone: 'UTC' };
  it.each([
    ['{date_num} {time_secs}', '2026-11-24 05:07:09'],
    ['{date_short_pretty} at {time}', 'today at 05:07'],
    ['{date_long}', 'Tuesday, 24 November 2026'],
    ['on {date_short}', 'on 24 Nov 2026'],
    ['{ago}', '1 hour ago'],
    ['{moon}', undefined],
  ])('%s', (format, written) => expect(localDate(at / 1000, format, reader)).toBe(written));

  it('are those of the reader', () => {
    const auckland = { now: at, timeZone: 'Pacific/Auckland' };
    expect(localDate(at / 1000, '{date_num}', auckland)).toBe('2026-11-24');
    expect(localDate(at / 1000 + 8 * 3_600, '{date_short_pretty}', auckland)).toBe('tomorrow');
    expect(localDate(at / 1000 - 86_400, 'since {date_pretty}', reader)).toBe('since yesterday');
  });
});
