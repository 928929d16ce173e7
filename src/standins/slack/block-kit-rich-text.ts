import { checkList, checkUrl, checkWord, type Report } from './block-kit-text.ts';
import { isObject, object, text } from './json.ts';

/** What stands in a line of rich text, and the field that it can't do without. */
const LEAVES: Record<string, string> = {
  text: 'text',
  link: 'url',
  emoji: 'name',
  user: 'user_id',
  usergroup: 'usergroup_id',
  channel: 'channel_id',
  team: 'team_id',
  date: 'timestamp',
  broadcast: 'range',
  color: 'value',
};
const IN_PREFORMATTED = ['text', 'link'];
const STYLES = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'];

/** Sections, lists, quotes and preformatted text, each of the right parts. */
export function checkRichText(elements: unknown, at: string, report: Report): void {
  for (const [n, element] of checkList(elements, at, [1, 1000], report).entries()) {
    const where = `${at}/${n}`;
    const { type, elements: inside, ...rest } = object(element);
    if (type === 'rich_text_list') {
      checkWord(rest.style, `${where}/style`, ['bullet', 'ordered'], report);
      if (rest.style === undefined) report(where, 'a list has a style');
      for (const [m, item] of checkList(inside, `${where}/elements`, [1, 1000], report).entries()) {
        const itemAt = `${where}/elements/${m}`;
        if (object(item).type !== 'rich_text_section') report(itemAt, 'a list holds rich_text_section');
        checkLeaves(object(item).elements, `${itemAt}/elements`, report);
      }
    } else if (type === 'rich_text_section' || type === 'rich_text_quote') {
      checkLeaves(inside, `${where}/elements`, report);
    } else if (type === 'rich_text_preformatted') {
      checkLeaves(inside, `${where}/elements`, report, IN_PREFORMATTED);
    } else {
      report(where, `unknown rich text element ${text(type)}`);
    }
  }
}

function checkLeaves(leaves: unknown, at: string, report: Report, only?: string[]): void {
  for (const [n, leaf] of checkList(leaves, at, [0, 1000], report).entries()) {
    const where = `${at}/${n}`;
    const type = text(object(leaf).type);
    const needed = LEAVES[type];
    if (!isObject(leaf) || !needed || (only && !only.includes(type))) {
      report(where, `unknown rich text part ${type}`);
      continue;
    }
    if (leaf[needed] === undefined || leaf[needed] === '') report(where, `${type} needs ${needed}`);
    if (type === 'text' && typeof leaf.text !== 'string') report(where, 'text must be a string');
    if (type === 'link') checkUrl(leaf.url, `${where}/url`, report);
    for (const [style, on] of Object.entries(object(leaf.style))) {
      if (!STYLES.includes(style) || typeof on !== 'boolean')
        report(`${where}/style`, `unknown style ${style}`);
    }
  }
}
