import { h } from '../dom.ts';
import { text } from '../json.ts';
import type { Field } from './choices.ts';
import { wordsOf } from './text.ts';

const KINDS: Record<string, string> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

export const isTyped = (type: string): boolean => type in KINDS;

/** Whether choosing in it is an act of its own, outside of a form. */
export const isPicker = (type: string): boolean => type.endsWith('picker');

/** Fields that one types into. What Slack would refuse isn't held back here: the stand-in says so. */
export function drawTyped({ element, id, aria, s, chosen }: Field): HTMLElement {
  const type = text(element.type);
  const held = s.draft.get(text(element.action_id));
  const first =
    element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_date_time ?? '';
  const value = String(held ?? first);
  const common = {
    id,
    ...aria,
    'data-action': text(element.action_id),
    placeholder: wordsOf(element.placeholder),
    autocomplete: 'off',
  };
  if (element.multiline === true) {
    const area = h('textarea', { ...common, rows: 4, oninput: () => chosen([area.value]) });
    area.value = value;
    return area;
  }
  const field = h('input', {
    ...common,
    type: KINDS[type] ?? 'text',
    ...(type === 'number_input' && {
      step: element.is_decimal_allowed === true ? 'any' : 1,
      min: text(element.min_value) || undefined,
      max: text(element.max_value) || undefined,
    }),
    oninput: () => chosen([fromField(type, field.value)]),
  });
  field.value = toField(type, value);
  return field;
}

/** The stand-in takes moments as seconds, the browser as local time. */
function fromField(type: string, value: string): string {
  return type === 'datetimepicker' && value ? String(Math.floor(new Date(value).getTime() / 1000)) : value;
}

function toField(type: string, value: string): string {
  if (type !== 'datetimepicker' || !value) return value;
  const at = new Date(Number(value) * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
