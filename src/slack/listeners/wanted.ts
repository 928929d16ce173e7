import { SPANS, type Span, type Wanted } from '../../use-cases/look-up/wanted.ts';

const KINDS = ['user', 'group', 'actor', 'event'] as const;

/** What `/groupwatch user NAME` and its like ask for; nothing when it is another command, or names nothing. */
export function wantedOf(typed: string): Wanted | undefined {
  const [word = '', ...rest] = typed.trim().split(/\s+/);
  const kind = KINDS.find((known) => known === word.toLowerCase());
  if (!kind || rest.length === 0) return undefined;
  if (kind !== 'actor') return { kind, text: rest.join(' ') };
  const span = spanOf(rest.at(-1));
  const name = span && rest.length > 1 ? rest.slice(0, -1) : rest;
  return { kind, text: name.join(' '), span: (rest.length > 1 && span) || '24h' };
}

/** The same as it would be typed. */
export const typedAs = (wanted: Wanted): string =>
  wanted.kind === 'actor' ? `actor ${wanted.text} ${wanted.span}` : `${wanted.kind} ${wanted.text}`;

function spanOf(text: string | undefined): Span | undefined {
  for (const span of SPAN_NAMES) if (span === text) return span;
  return undefined;
}

export const SPAN_NAMES = Object.keys(SPANS).filter((name): name is Span => Object.hasOwn(SPANS, name));
