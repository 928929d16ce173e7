import { h } from '../dom.ts';
import { type Json, list, object, text } from '../json.ts';
import { drawRichText } from './rich-text.ts';
import type { Surroundings } from './surroundings.ts';
import { unknown } from './unknown.ts';

/** The first row heads the columns. It scrolls sideways, also by the keyboard. */
export function drawTable(block: Json, s: Surroundings): HTMLElement {
  const settings = list(block.column_settings).map(object);
  const [head, ...rows] = list(block.rows).map(list);
  const row = (cells: unknown[], tag: 'th' | 'td') =>
    h(
      'tr',
      {},
      ...cells.map((cell, column) => {
        const { align, is_wrapped } = settings[column] ?? {};
        const style = `text-align:${text(align) || 'left'};${is_wrapped === true ? '' : 'white-space:nowrap'}`;
        return h(tag, { style, ...(tag === 'th' && { scope: 'col' }) }, ...content(object(cell), s));
      }),
    );
  return h(
    'div',
    { class: 'table', tabindex: 0, role: 'group', 'aria-label': 'Table' },
    h(
      'table',
      {},
      h('thead', {}, row(head ?? [], 'th')),
      h('tbody', {}, ...rows.map((cells) => row(cells, 'td'))),
    ),
  );
}

function content(cell: Json, s: Surroundings): (Node | string)[] {
  if (cell.type === 'raw_text') return [text(cell.text)];
  if (cell.type === 'raw_number') return [text(cell.text) || String(cell.value)];
  return cell.type === 'rich_text'
    ? drawRichText(cell.elements, s)
    : [unknown(`a cell of type ${text(cell.type)}`)];
}
