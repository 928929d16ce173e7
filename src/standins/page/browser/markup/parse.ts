import { emojiOf } from './emoji.ts';
import { decoded, type Inline, type Paragraph } from './inline.ts';
import { token } from './token.ts';

/** Stands for a token while the text around it is parsed; it may not come from outside. */
const HOLE = '\uFFFC';

interface Reading {
  /** What was in `<…>`, in order of the holes. */
  tokens: Inline[];
  /** Nothing becomes a link or a mention that isn't in `<…>`. */
  verbatim: boolean;
}

/**
 * Slack's mrkdwn as paragraphs. Tokens in `<…>` are taken out first, everywhere, code included; entities are decoded
 * last, so that what was escaped stays text.
 */
export function parse(mrkdwn: string, { verbatim = false }: { verbatim?: boolean } = {}): Paragraph[] {
  const tokens: Inline[] = [];
  const held = mrkdwn.replaceAll(HOLE, '\uFFFD').replace(/<([^<>]*)>/g, (_, content: string) => {
    tokens.push(token(content));
    return HOLE;
  });
  const reading = { tokens, verbatim };
  return held
    .split(/```([\s\S]+?)```\n?/)
    .flatMap((part, index) =>
      index % 2 === 1
        ? [{ is: 'pre' as const, inside: plainly(part.replace(/^\n|\n$/g, ''), reading) }]
        : paragraphs(part, reading),
    );
}

/** plain_text: emoji names, where they are wanted, and line breaks; nothing else means anything. */
export function parsePlain(text: string, { emoji = true }: { emoji?: boolean } = {}): Inline[] {
  return lines(text, (line) =>
    emoji ? withEmoji(line, (rest) => [{ is: 'text', text: rest }]) : [{ is: 'text', text: line }],
  );
}

function paragraphs(text: string, reading: Reading): Paragraph[] {
  if (text === '') return [];
  const found: { is: 'lines' | 'quote'; lines: string[] }[] = [];
  let rest = false;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const quoted = /^(?:(&gt;|>){3}|(?:&gt;|>))\s?(.*)$/s.exec(line);
    if (quoted?.[1]) rest = true;
    const is = quoted || rest ? 'quote' : 'lines';
    const last = found.at(-1);
    const content = quoted ? (quoted[2] ?? '') : line;
    if (last?.is === is) last.lines.push(content);
    else found.push({ is, lines: [content] });
  }
  return found.map(({ is, lines: content }) => ({
    is,
    inside: lines(content.join('\n'), (line) => formatted(line, reading)),
  }));
}

function lines(text: string, parseLine: (line: string) => Inline[]): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? [{ is: 'break' as const }] : []), ...parseLine(line)]);
}

const KINDS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
/** Code, or text between two signs that hug it and don't stand inside a word. */
const SPAN = /`([^`]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\2).)*?\S)\2(?![\p{L}\p{N}])/u;

/** Bold, italic, struck and code, one in the other, in a single line. */
function formatted(line: string, reading: Reading): Inline[] {
  const found = SPAN.exec(line);
  if (!found) return leaf(line, reading);
  const [whole, code, sign, inside = ''] = found;
  const before = leaf(line.slice(0, found.index), reading);
  const kind = sign === '*' || sign === '_' || sign === '~' ? KINDS[sign] : 'code';
  const span: Inline = {
    is: kind,
    inside: code === undefined ? formatted(inside, reading) : plainly(code, reading),
  };
  return [...before, span, ...formatted(line.slice(found.index + whole.length), reading)];
}

/** Text in code: tokens, and otherwise as it is. */
function plainly(text: string, reading: Reading): Inline[] {
  return lines(text, (line) => withTokens(line, reading, (rest) => [{ is: 'text', text: decoded(rest) }]));
}

function leaf(text: string, reading: Reading): Inline[] {
  return withTokens(text, reading, (between) =>
    withEmoji(between, (rest) =>
      reading.verbatim ? [{ is: 'text', text: decoded(rest) }] : withLooseNames(rest),
    ),
  );
}

function withTokens(text: string, { tokens }: Reading, parseRest: (rest: string) => Inline[]): Inline[] {
  return text.split(HOLE).flatMap((part, index) => {
    const before = index > 0 ? tokens.shift() : undefined;
    return [...(before ? [before] : []), ...(part === '' ? [] : parseRest(part))];
  });
}

function withEmoji(text: string, parseRest: (rest: string) => Inline[]): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(/:([a-z0-9_+-]+):/g)) {
    const sign = emojiOf(match[1] ?? '');
    if (!sign) continue;
    if (match.index > from) found.push(...parseRest(text.slice(from, match.index)));
    found.push({ is: 'emoji', name: match[1] ?? '', sign });
    from = match.index + match[0].length;
  }
  return from < text.length ? [...found, ...parseRest(text.slice(from))] : found;
}

/** What Slack makes of text that isn't verbatim: addresses become links, and names of everybody mentions. */
function withLooseNames(text: string): Inline[] {
  return text
    .split(/(https?:\/\/[^\s<>|]+|(?<!\w)@(?:here|channel|everyone)\b)/)
    .flatMap((part, index): Inline[] => {
      if (part === '') return [];
      if (index % 2 === 0) return [{ is: 'text', text: decoded(part) }];
      if (part.startsWith('@')) return [{ is: 'broadcast', range: part.slice(1) }];
      return [{ is: 'link', url: decoded(part), label: decoded(part) }];
    });
}
