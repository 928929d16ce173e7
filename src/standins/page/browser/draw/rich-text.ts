import { type Child, h } from '../dom.ts';
import { type Json, object, objects, text } from '../json.ts';
import { localDate } from '../markup/dates.ts';
import { emojiOf } from '../markup/emoji.ts';
import { isSafeUrl } from '../markup/inline.ts';
import type { Surroundings } from './surroundings.ts';
import { drawLink, mention } from './text.ts';
import { unknown } from './unknown.ts';

/** Rich text is literal: nothing in it is parsed. Lists of one style that follow on each other are one, by indent. */
export function drawRichText(elements: unknown, s: Surroundings): HTMLElement[] {
  return objects(elements).map((element) => {
    const inside = objects(element.elements);
    switch (element.type) {
      case 'rich_text_section':
        return h('p', {}, ...leaves(inside, s));
      case 'rich_text_quote':
        return h('blockquote', {}, ...leaves(inside, s));
      case 'rich_text_preformatted':
        return h('pre', {}, ...leaves(inside, s));
      case 'rich_text_list': {
        const items = inside.map((item) => h('li', {}, ...leaves(objects(item.elements), s)));
        const indent = Number(element.indent ?? 0);
        const start = Number(element.offset ?? 0) + 1;
        const style = `margin-inline-start:${indent * 1.6}em`;
        return element.style === 'ordered'
          ? h('ol', { style, start }, ...items)
          : h('ul', { style }, ...items);
      }
      default:
        return unknown(`rich text of type ${text(element.type)}`);
    }
  });
}

const leaves = (parts: Json[], s: Surroundings): Child[] =>
  parts.map((part) => styled(leaf(part, s), object(part.style)));

function leaf(part: Json, s: Surroundings): Node {
  switch (part.type) {
    case 'text':
      return document.createTextNode(text(part.text));
    case 'link': {
      const url = text(part.url);
      return isSafeUrl(url) ? drawLink(url, text(part.text) || url) : unknown(`a link to ${url}`);
    }
    case 'emoji':
      return document.createTextNode(emojiOf(text(part.name)) ?? `:${text(part.name)}:`);
    case 'user':
      return mention(`@${s.userName(text(part.user_id)) ?? text(part.user_id)}`, part.user_id === s.me);
    case 'usergroup':
      return mention(`@${s.groupHandle(text(part.usergroup_id)) ?? text(part.usergroup_id)}`, false);
    case 'channel':
      return mention(`#${s.channelName(text(part.channel_id)) ?? text(part.channel_id)}`, false);
    case 'broadcast':
      return mention(`@${text(part.range)}`, true);
    case 'date': {
      const written = localDate(Number(part.timestamp), text(part.format), s.reader());
      return h('time', {}, written ?? text(part.fallback));
    }
    case 'color':
      return h('code', {}, text(part.value));
    default:
      return unknown(`a part of rich text of type ${text(part.type)}`);
  }
}

const STYLES = [
  ['code', 'code'],
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
  ['underline', 'u'],
] as const;

function styled(node: Node, style: Json): Node {
  return STYLES.reduce<Node>(
    (inside, [name, tag]) => (style[name] === true ? h(tag, {}, inside) : inside),
    node,
  );
}
