import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import type { UserId } from '../domain/person.ts';
import type { Instant } from '../domain/time.ts';

/** Slack's markup that is safe to send. Made by `mrkdwn` and its companions only. */
export class Mrkdwn {
  readonly text: string;
  private constructor(text: string) {
    this.text = text;
  }
  /** For this file alone. */
  static trusted(text: string): Mrkdwn {
    return new Mrkdwn(text);
  }
}

/** The longest single value that is shown; a name of IAM has 128 characters at most. */
const LONGEST = 300;

/** Characters that hide, reorder or break text: control characters, bidi marks, zero-width ones. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Outside text as it can be shown: unseen characters and halves of characters replaced, clipped by code points. */
export function shown(text: string, longest = LONGEST): string {
  const visible = [...text.toWellFormed().replace(/\s+/g, ' ').replace(UNSEEN, '\u00b7')];
  return visible.length <= longest ? visible.join('') : `${visible.slice(0, longest - 1).join('')}…`;
}

const entities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The same as markup. Slack counts entities as they are written, and a text may consist of `&` alone; it is clipped to
 * half as much again, so that no text makes a message too long. What IAM calls things holds none of these characters.
 */
function escaped(text: string, longest = LONGEST): string {
  let markup = entities(shown(text, longest));
  for (let letters = longest; markup.length > longest * 1.5; letters = Math.floor(letters * 0.8)) {
    markup = entities(shown(text, letters));
  }
  return markup;
}

type Part = Mrkdwn | string | number;

const partOf = (part: Part): string => (part instanceof Mrkdwn ? part.text : escaped(String(part)));

/** The only way to make markup: what is put in is escaped, unless it was made here. */
export function mrkdwn(strings: TemplateStringsArray, ...parts: Part[]): Mrkdwn {
  return Mrkdwn.trusted(
    strings.map((piece, index) => piece + (index < parts.length ? partOf(parts[index] ?? '') : '')).join(''),
  );
}

export function join(parts: readonly (Mrkdwn | undefined | false)[], separator: string): Mrkdwn {
  return Mrkdwn.trusted(parts.flatMap((part) => (part ? [part.text] : [])).join(separator));
}

/** A sentence from outside, which may be longer than a name: a reason, an error of AWS. */
export const prose = (text: string, longest = 600): Mrkdwn => Mrkdwn.trusted(escaped(text, longest));

/** As the beginning of a sentence. */
export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A value as it stands, in a code span: nothing in it is formatting. */
export function code(text: string, longest?: number): Mrkdwn {
  return Mrkdwn.trusted(`\`${escaped(text.replaceAll('`', "'"), longest) || ' '}\``);
}

/** A link of our own making; only https and loopback addresses become one. */
export function link(url: string, label: string): Mrkdwn {
  const safe = encodeURI(url).replaceAll('%25', '%').replaceAll('|', '%7C').replaceAll('>', '%3E');
  return /^https:\/\/|^http:\/\/127\.0\.0\.1/.test(safe)
    ? Mrkdwn.trusted(`<${safe}|${escaped(label).replaceAll('|', '¦')}>`)
    : Mrkdwn.trusted(escaped(label));
}

/** Mentions a user or user group by id; anything that isn't an id stays text. */
export function person(id: UserId): Mrkdwn {
  if (/^[UW][A-Z0-9_]+$/.test(id)) return Mrkdwn.trusted(`<@${id}>`);
  return /^S[A-Z0-9_]+$/.test(id) ? Mrkdwn.trusted(`<!subteam^${id}>`) : code(id);
}

/** A channel by its id; anything that isn't one stays text. */
export function channel(id: string): Mrkdwn {
  return /^[CG][A-Z0-9]+$/.test(id) ? Mrkdwn.trusted(`<#${id}>`) : code(id);
}

/** Calls everyone in the channel, whether they are there or not. */
export const everyone = (): Mrkdwn => Mrkdwn.trusted('<!channel>');

/** A moment in each reader's own time zone. */
export function date(at: Instant): Mrkdwn {
  const utc = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return Mrkdwn.trusted(`<!date^${Math.floor(at / 1000)}^{date_short_pretty} at {time_secs}|${utc} UTC>`);
}

export function element(markup: Mrkdwn): MrkdwnElement {
  return { type: 'mrkdwn', text: markup.text, verbatim: true };
}

/** Plain text of our own; emoji names become emoji. */
export function label(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: true };
}

/** Plain text from outside: it stays as it is. */
export function plain(text: string, longest: number): PlainTextElement {
  return { type: 'plain_text', text: shown(text, longest) || '-', emoji: false };
}
