import { checkConfirm, checkOptions, OPTIONS } from './block-kit-options.ts';
import {
  checkOptionalText,
  checkString,
  checkText,
  checkUrl,
  checkWord,
  count,
  type Report,
} from './block-kit-text.ts';
import { isObject, list, object, text } from './json.ts';
import type { Json } from './types.ts';

/** Where an element stands. */
export type Place = 'accessory' | 'actions' | 'input' | 'context';

const CHOICES: Place[] = ['accessory', 'actions', 'input'];
const TYPED: Place[] = ['input'];

/** Every element covered, and the blocks it may stand in (`@slack/types` 3.2.0, block-kit/blocks.d.ts). */
const PLACES: Record<string, Place[]> = {
  button: ['accessory', 'actions'],
  overflow: ['accessory', 'actions'],
  image: ['accessory', 'context'],
  checkboxes: CHOICES,
  radio_buttons: CHOICES,
  static_select: CHOICES,
  multi_static_select: CHOICES,
  users_select: CHOICES,
  multi_users_select: CHOICES,
  datepicker: CHOICES,
  timepicker: CHOICES,
  datetimepicker: ['actions', 'input'],
  plain_text_input: TYPED,
  email_text_input: TYPED,
  url_text_input: TYPED,
  number_input: TYPED,
};

const INPUTS_OF_TEXT = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'];

/** A button, menu, picture or input, by its published limits and where it stands. */
export function checkElement(value: unknown, at: string, place: Place, report: Report): void {
  if (!isObject(value)) {
    report(at, 'an element is missing');
    return;
  }
  const type = text(value.type);
  const places = PLACES[type];
  if (!places) {
    report(at, `unknown element type ${type}`);
    return;
  }
  if (!places.includes(place)) report(at, `${type} can't stand in ${place}`);
  if (type === 'image') {
    checkImage(value, at, report);
    return;
  }
  checkString(value.action_id, `${at}/action_id`, 255, report);
  checkOptionalText(value.placeholder, `${at}/placeholder`, 150, report, 'plain_text');
  checkConfirm(value.confirm, `${at}/confirm`, report);
  if (value.confirm !== undefined && INPUTS_OF_TEXT.includes(type)) report(at, 'an input has no confirm');
  if (type === 'button') checkButton(value, at, report);
  if (OPTIONS[type]) checkOptions(value, at, report);
  checkTyped(value, type, at, report);
}

/** An address or a file of Slack's, and what it shows in words. */
export function checkImage(image: Json, at: string, report: Report): void {
  checkString(image.alt_text, `${at}/alt_text`, 2000, report, 1);
  if ((image.image_url === undefined) === (image.slack_file === undefined))
    report(at, 'a picture has either image_url or slack_file');
  if (image.image_url !== undefined) checkUrl(image.image_url, `${at}/image_url`, report);
  const file = object(image.slack_file);
  if (image.slack_file !== undefined && (file.id === undefined) === (file.url === undefined))
    report(`${at}/slack_file`, 'has either id or url');
}

function checkButton(button: Json, at: string, report: Report): void {
  checkText(button.text, `${at}/text`, 75, report, 'plain_text');
  checkString(button.value, `${at}/value`, 2000, report);
  if (button.url !== undefined) checkUrl(button.url, `${at}/url`, report);
  checkString(button.accessibility_label, `${at}/accessibility_label`, 75, report);
  checkWord(button.style, `${at}/style`, ['primary', 'danger'], report);
}

function checkTyped(element: Json, type: string, at: string, report: Report): void {
  const within = (name: string, least: number, most: number): void => {
    const given = element[name];
    if (given === undefined) return;
    if (!Number.isInteger(given) || Number(given) < least || Number(given) > most)
      report(`${at}/${name}`, `must be a whole number from ${least} to ${most}`);
  };
  if (type === 'plain_text_input') {
    within('min_length', 0, 3000);
    within('max_length', 1, 3000);
    const most = Number(element.max_length ?? 3000);
    if (Number(element.min_length ?? 0) > most) report(at, 'min_length is over max_length');
    if (count(text(element.initial_value)) > most) report(at, 'initial_value is over max_length');
  }
  if (type === 'number_input') {
    if (typeof element.is_decimal_allowed !== 'boolean') report(at, 'is_decimal_allowed is missing');
    for (const name of ['min_value', 'max_value', 'initial_value']) {
      if (element[name] !== undefined && !/^-?\d+(\.\d+)?$/.test(text(element[name])))
        report(`${at}/${name}`, 'must be a number in a string');
    }
  }
  if (type.startsWith('multi_')) within('max_selected_items', 1, 100);
  const patterns: Record<string, [name: string, pattern: RegExp]> = {
    datepicker: ['initial_date', /^\d{4}-\d{2}-\d{2}$/],
    timepicker: ['initial_time', /^\d{2}:\d{2}$/],
    datetimepicker: ['initial_date_time', /^\d{10}$/],
    users_select: ['initial_user', /^[UW]\w+$/],
  };
  const [name, pattern] = patterns[type] ?? [];
  if (name && pattern && element[name] !== undefined && !pattern.test(String(element[name])))
    report(`${at}/${name}`, 'has the wrong form');
  for (const user of list(element.initial_users))
    if (!/^[UW]\w+$/.test(text(user))) report(`${at}/initial_users`, 'has the wrong form');
}
