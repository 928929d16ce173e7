import { h } from '../dom.ts';
import { type Json, object, text } from '../json.ts';
import { localDate } from '../markup/dates.ts';
import type { Inline, Paragraph } from '../markup/inline.ts';
import { parse, parsePlain } from '../markup/parse.ts';
import type { Surroundings } from './surroundings.ts';
import { unknown } from './unknown.ts';

/** A text object: mrkdwn as paragraphs, plain_text as it is. */
export function drawText(value: unknown, s: Surroundings): Node[] {
  const { type, text: said, verbatim, emoji } = object(value);
  if (type === 'plain_text') return drawInline(parsePlain(text(said), { emoji: emoji !== false }), s);
  if (type !== 'mrkdwn') return [unknown(`text of type ${text(type)}`)];
  return drawMarkup(text(said), verbatim === true, s);
}

export function drawMarkup(markup: string, verbatim: boolean, s: Surroundings): Node[] {
  return parse(markup, { verbatim }).map((paragraph) => drawParagraph(paragraph, s));
}

/** The words of a text object, without any markup: for labels and options. */
export function wordsOf(value: unknown): string {
  const { type, text: said, emoji }: Json = object(value);
  const inside =
    type === 'mrkdwn'
      ? parse(text(said)).flatMap((one) => one.inside)
      : parsePlain(text(said), { emoji: emoji !== false });
  return inside.map(wordOf).join('');
}

function wordOf(one: Inline): string {
  if (one.is === 'text') return one.text;
  if (one.is === 'emoji') return one.sign;
  if (one.is === 'link') return one.label;
  if ('inside' in one) return one.inside.map(wordOf).join('');
  return one.is === 'break' ? ' ' : '';
}

function drawParagraph({ is, inside }: Paragraph, s: Surroundings): Node {
  const content = drawInline(inside, s);
  if (is === 'pre') return h('pre', {}, ...content);
  return is === 'quote' ? h('blockquote', {}, ...content) : h('p', {}, ...content);
}

export const drawInline = (inside: readonly Inline[], s: Surroundings): Node[] =>
  inside.map((one) => drawOne(one, s));

function drawOne(one: Inline, s: Surroundings): Node {
  switch (one.is) {
    case 'text':
      return document.createTextNode(one.text);
    case 'break':
      return h('br');
    case 'bold':
      return h('strong', {}, ...drawInline(one.inside, s));
    case 'italic':
      return h('em', {}, ...drawInline(one.inside, s));
    case 'strike':
      return h('s', {}, ...drawInline(one.inside, s));
    case 'code':
      return h('code', {}, ...drawInline(one.inside, s));
    case 'emoji':
      return h(
        'span',
        { class: 'emoji', role: 'img', 'aria-label': one.name.replaceAll('_', ' ') },
        one.sign,
      );
    case 'link':
      return drawLink(one.url, one.label);
    case 'user':
      return mention(`@${s.userName(one.id) ?? one.label ?? one.id}`, one.id === s.me);
    case 'group':
      return mention(`@${s.groupHandle(one.id) ?? one.label ?? one.id}`, false);
    case 'channel':
      return mention(`#${s.channelName(one.id) ?? one.label ?? one.id}`, false);
    case 'broadcast':
      return mention(`@${one.range}`, true);
    case 'date':
      return drawDate(one, s);
    case 'wrong':
      return h('span', { class: 'wrong', title: one.why }, one.raw);
  }
}

/** Opens in a tab of its own, which learns nothing of this one. */
export function drawLink(url: string, label: string): HTMLElement {
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
}

export const mention = (words: string, mine: boolean): HTMLElement =>
  h('span', { class: mine ? 'mention mine' : 'mention' }, words);

function drawDate({ at, format, fallback, link }: Inline & { is: 'date' }, s: Surroundings): Node {
  const words = localDate(at, format, s.reader()) ?? fallback;
  const when = new Date(at * 1000).toISOString();
  const time = h('time', { datetime: when, title: when }, words);
  if (!link) return time;
  const around = drawLink(link, '');
  around.append(time);
  return around;
}
