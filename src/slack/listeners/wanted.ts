import { SPANS, type Span, type Wanted } from '../../use-cases/look-up/wanted.ts';

const KINDS = ['user', 'group', 'actor', 'event'] as const;

/**
 * What `/groupwatch user NAME [ACCOUNT]` and its like ask for; nothing when it is another command, or names nothing. No
 * name of IAM has a blank in it; one from elsewhere stands in quotes.
 */
export function wantedOf(typed: string): Wanted | undefined {
  const found = /^(\S+)\s+(?:"([^"]+)"|(\S+))\s*(.*)$/s.exec(typed.trim());
  const kind = KINDS.find((known) => known === found?.[1]?.toLowerCase());
  const text = found?.[2] ?? found?.[3];
  if (!kind || text === undefined) return undefined;
  const rest = (found?.[4] ?? '').split(/\s+/).filter((word) => word !== '');
  if (kind !== 'actor') return { kind, text, ...accountIn(rest) };
  const [first, last] = [spanOf(rest.at(0)), spanOf(rest.at(-1))];
  const account = first ? rest.slice(1) : last ? rest.slice(0, -1) : rest;
  return { kind, text, span: first ?? last ?? '24h', ...accountIn(account) };
}

/** The same as it would be typed. */
export function typedAs(wanted: Wanted): string {
  const text = /\s/.test(wanted.text) ? `"${wanted.text.replaceAll('"', "'")}"` : wanted.text;
  const span = wanted.kind === 'actor' ? [wanted.span] : [];
  return [wanted.kind, text, ...span, ...(wanted.account === undefined ? [] : [wanted.account])].join(' ');
}

const accountIn = (words: readonly string[]): { account?: string } =>
  words.length === 0 ? {} : { account: words.join(' ') };

function spanOf(text: string | undefined): Span | undefined {
  for (const span of SPAN_NAMES) if (span === text) return span;
  return undefined;
}

export const SPAN_NAMES = Object.keys(SPANS).filter((name): name is Span => Object.hasOwn(SPANS, name));
