import { checkRichText } from './block-kit-rich-text.ts';
import { checkList, checkWord, count, type Report } from './block-kit-text.ts';
import { list, object, text } from './json.ts';
import type { Json } from './types.ts';

/** Characters in all cells of a message's tables. */
const MOST_CHARACTERS = 10_000;

/** At most 100 rows of 20 cells; cells are rich_text, raw_text or raw_number. */
export function checkTable(table: Json, at: string, report: Report): void {
  const rows = checkList(table.rows, `${at}/rows`, [1, 100], report);
  for (const [n, row] of rows.entries()) {
    for (const [m, cell] of checkList(row, `${at}/rows/${n}`, [1, 20], report).entries()) {
      checkCell(object(cell), `${at}/rows/${n}/${m}`, report);
    }
  }
  const settings = checkList(table.column_settings, `${at}/column_settings`, [0, 20], report);
  for (const [n, setting] of settings.entries()) {
    checkWord(object(setting).align, `${at}/column_settings/${n}/align`, ['left', 'center', 'right'], report);
  }
  if (count(textOf(rows)) > MOST_CHARACTERS) report(at, `over ${MOST_CHARACTERS} characters in its cells`);
}

function checkCell(cell: Json, at: string, report: Report): void {
  if (cell.type === 'rich_text') checkRichText(cell.elements, `${at}/elements`, report);
  else if (cell.type === 'raw_text') {
    if (text(cell.text) === '') report(at, 'a cell of raw_text is not empty');
  } else if (cell.type === 'raw_number') {
    if (typeof cell.value !== 'number') report(at, 'raw_number has a number as its value');
  } else report(at, `unknown cell type ${text(cell.type)}`);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('');
  const { text: own, value: number, elements } = object(value);
  return text(own) + (typeof number === 'number' ? String(number) : '') + textOf(list(elements));
}
