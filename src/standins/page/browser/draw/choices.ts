import { h } from '../dom.ts';
import { type Json, text } from '../json.ts';
import { groupsOf, initialChoices, type Option } from './options.ts';
import type { Surroundings } from './surroundings.ts';
import { drawText, wordsOf } from './text.ts';

/** Tells of everything that is chosen now. */
type Chosen = (values: string[]) => void;

export interface Field {
  element: Json;
  id: string;
  /** Attributes that tie the field to its label, hint and error. */
  aria: Record<string, string | undefined>;
  s: Surroundings;
  chosen: Chosen;
}

const current = ({ element, s }: Field): string[] => {
  const held = s.draft.get(text(element.action_id));
  return held === undefined ? initialChoices(element) : [held].flat();
};

function groups({ element, s }: Field): { name?: string; options: Option[] }[] {
  if (!text(element.type).includes('users')) return groupsOf(element);
  return [{ options: s.people().map(({ id, name }) => ({ value: id, words: name, text: undefined })) }];
}

/** A menu that takes one. */
export function drawSelect(field: Field): HTMLElement {
  const { element, id, aria, chosen } = field;
  const [now = ''] = current(field);
  const option = ({ value, words }: Option) => h('option', { value, selected: value === now }, words);
  const select = h(
    'select',
    {
      id,
      ...aria,
      'data-action': text(element.action_id),
      onchange: () => chosen(select.value ? [select.value] : []),
    },
    h('option', { value: '' }, wordsOf(element.placeholder) || 'Choose'),
    ...groups(field).flatMap(({ name, options }) =>
      name ? [h('optgroup', { label: name }, ...options.map(option))] : options.map(option),
    ),
  );
  return select;
}

/** Checkboxes, radio buttons, and menus that take several. */
export function drawBoxes(field: Field): HTMLElement {
  const { element, id, aria, s, chosen } = field;
  const one = element.type === 'radio_buttons';
  const now = current(field);
  const box = ({ value, words, description, text: said }: Option, n: number) =>
    h(
      'label',
      { class: 'choice' },
      h('input', {
        type: one ? 'radio' : 'checkbox',
        name: id,
        value,
        id: n === 0 ? id : undefined,
        checked: now.includes(value),
        'data-action': text(element.action_id),
      }),
      h(
        'span',
        {},
        ...(said ? drawText(said, s) : [words]),
        description ? h('small', {}, description) : undefined,
      ),
    );
  const boxes = groups(field).flatMap(({ options }) => options);
  const all = h('div', { class: 'choices', role: one ? 'radiogroup' : 'group', ...aria }, ...boxes.map(box));
  all.addEventListener('change', () => {
    const checked = [...all.querySelectorAll<HTMLInputElement>('input:checked')];
    chosen(checked.map(({ value }) => value));
  });
  return all;
}
