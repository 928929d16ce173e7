import {
  checkList,
  checkOptionalText,
  checkString,
  checkText,
  checkUrl,
  checkWord,
  type Report,
} from './block-kit-text.ts';
import { isObject, list, object, text } from './json.ts';
import type { Json } from './types.ts';

/** Options an element takes: least and most. */
export const OPTIONS: Record<string, readonly [least: number, most: number]> = {
  overflow: [1, 5],
  checkboxes: [1, 10],
  radio_buttons: [1, 10],
  static_select: [1, 100],
  multi_static_select: [1, 100],
};

/** Elements whose options may be formatted; in all others they are plain. */
const FORMATTED = ['checkboxes', 'radio_buttons'];

/** The options of a menu, in its groups where it has them. */
export function optionsOf(element: Json): Json[] {
  const grouped = list(element.option_groups).flatMap((group) => list(object(group).options));
  return [...list(element.options), ...grouped].map(object);
}

/** Options or option groups, their lengths, and that what is chosen at first is among them. */
export function checkOptions(element: Json, at: string, report: Report): void {
  const type = text(element.type);
  const bounds = OPTIONS[type] ?? [1, 100];
  const groups = element.option_groups;
  if (groups !== undefined && !type.endsWith('select')) report(at, 'option_groups are for select menus');
  if (groups !== undefined && element.options !== undefined) report(at, 'has options and option_groups');
  if (groups === undefined) {
    checkEach(element.options, `${at}/options`, bounds, type, report);
  } else {
    for (const [n, group] of checkList(groups, `${at}/option_groups`, [1, 100], report).entries()) {
      const where = `${at}/option_groups/${n}`;
      checkText(object(group).label, `${where}/label`, 75, report, 'plain_text');
      checkEach(object(group).options, `${where}/options`, [1, 100], type, report);
    }
  }
  const values = optionsOf(element).map(({ value }) => value);
  if (new Set(values).size < values.length) report(at, 'two options have the same value');
  const initial = [element.initial_option, ...list(element.initial_options)].filter(isObject);
  for (const { value } of initial) {
    if (!values.includes(value)) report(at, `the initial option ${text(value)} is none of the options`);
  }
}

function checkEach(
  options: unknown,
  at: string,
  bounds: readonly [number, number],
  type: string,
  report: Report,
): void {
  for (const [n, option] of checkList(options, at, bounds, report).entries()) {
    const where = `${at}/${n}`;
    if (!isObject(option)) {
      report(where, 'not an option');
      continue;
    }
    const only = FORMATTED.includes(type) ? undefined : 'plain_text';
    checkText(option.text, `${where}/text`, 75, report, only);
    checkString(option.value, `${where}/value`, 150, report, 1);
    checkOptionalText(option.description, `${where}/description`, 75, report, only);
    if (option.url !== undefined && type !== 'overflow') report(where, 'url is for options of an overflow');
    if (option.url !== undefined) checkUrl(option.url, `${where}/url`, report);
  }
}

/** The dialog that asks "are you sure". */
export function checkConfirm(value: unknown, at: string, report: Report): void {
  if (value === undefined) return;
  const confirm = object(value);
  checkText(confirm.title, `${at}/title`, 100, report, 'plain_text');
  checkText(confirm.text, `${at}/text`, 300, report);
  checkText(confirm.confirm, `${at}/confirm`, 30, report, 'plain_text');
  checkText(confirm.deny, `${at}/deny`, 30, report, 'plain_text');
  checkWord(confirm.style, `${at}/style`, ['primary', 'danger'], report);
}
