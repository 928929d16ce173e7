import { checkText, count, type Report } from './block-kit-text.ts';
import { isObject, list, text } from './json.ts';

type Element = Record<string, unknown>;

/** Options an element takes: least and most. */
const OPTIONS: Record<string, [number, number]> = {
  overflow: [1, 5],
  checkboxes: [1, 10],
  radio_buttons: [1, 10],
  static_select: [1, 100],
};
const KNOWN = ['button', 'users_select', 'plain_text_input', 'image', ...Object.keys(OPTIONS)];

/** A button, menu or input, by its published limits. */
export function checkElement(value: unknown, at: string, report: Report): void {
  if (!isObject(value)) {
    report(at, 'an element is missing');
    return;
  }
  const type = text(value.type);
  if (!KNOWN.includes(type)) {
    report(at, `unknown element type ${type}`);
    return;
  }
  if (count(text(value.action_id)) > 255) report(at, 'action_id over 255 characters');
  if (value.placeholder !== undefined)
    checkText(value.placeholder, `${at}/placeholder`, 150, report, 'plain_text');
  if (type === 'button') checkButton(value, at, report);
  const bounds = OPTIONS[type];
  if (bounds) checkOptions(value, at, bounds, report);
  if (type === 'plain_text_input' && Number(value.max_length ?? 0) > 3000)
    report(at, 'max_length over 3,000');
}

function checkButton(button: Element, at: string, report: Report): void {
  checkText(button.text, `${at}/text`, 75, report, 'plain_text');
  if (count(text(button.value)) > 2000) report(at, 'value over 2,000 characters');
  if (count(text(button.url)) > 3000) report(at, 'url over 3,000 characters');
  if (count(text(button.accessibility_label)) > 75) report(at, 'accessibility_label over 75 characters');
  if (button.style !== undefined && button.style !== 'primary' && button.style !== 'danger')
    report(at, 'unknown style');
}

function checkOptions(element: Element, at: string, [least, most]: [number, number], report: Report): void {
  const options = list(element.options);
  if (options.length < least || options.length > most) report(at, `takes ${least} to ${most} options`);
  const values = new Set<string>();
  for (const [index, option] of options.entries()) {
    const where = `${at}/options/${index}`;
    if (!isObject(option)) {
      report(where, 'not an option');
      continue;
    }
    checkText(option.text, `${where}/text`, 75, report);
    const value = text(option.value);
    if (count(value) < 1 || count(value) > 150) report(where, 'value must have 1 to 150 characters');
    if (values.has(value)) report(where, `value ${value} twice`);
    values.add(value);
  }
}
