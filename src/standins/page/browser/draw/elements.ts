import { h, icon } from '../dom.ts';
import { type Json, text } from '../json.ts';
import { isSafeUrl } from '../markup/inline.ts';
import { drawBoxes, drawSelect, type Field } from './choices.ts';
import { confirmed } from './confirm.ts';
import { openMenu } from './menu.ts';
import { groupsOf } from './options.ts';
import { drawPicture } from './picture.ts';
import type { Choice, Surroundings } from './surroundings.ts';
import { wordsOf } from './text.ts';
import { drawTyped, isPicker, isTyped } from './typed.ts';
import { unknown } from './unknown.ts';

/** Where an element stands: in a form it only fills in, elsewhere choosing is pressing. */
interface Place {
  blockId: string;
  inForm?: boolean;
  id?: string;
  aria?: Record<string, string | undefined>;
}

let drawn = 0;

/** A button, menu, picture or input. */
export function drawElement(element: Json, place: Place, s: Surroundings): HTMLElement {
  const type = text(element.type);
  if (type === 'image') return drawPicture(element, s);
  if (type === 'button') return drawButton(element, place, s);
  if (type === 'overflow') return drawOverflow(element, place, s);
  const field: Field = {
    element,
    id: place.id ?? `field-${++drawn}`,
    aria: place.aria ?? { 'aria-label': wordsOf(element.placeholder) || 'Choose' },
    s,
    chosen: (values) => choose(element, values, place, s),
  };
  if (type === 'static_select' || type === 'users_select') return drawSelect(field);
  if (['checkboxes', 'radio_buttons', 'multi_static_select', 'multi_users_select'].includes(type))
    return drawBoxes(field);
  return isTyped(type) ? drawTyped(field) : unknown(`an element of type ${type}`);
}

/** Remembers the choice, and presses where the element stands by itself. */
function choose(element: Json, values: string[], place: Place, s: Surroundings): void {
  const type = text(element.type);
  const several = type.startsWith('multi_') || type === 'checkboxes';
  const [one = ''] = values;
  s.draft.set(text(element.action_id), several ? values : one);
  if (place.inForm || (isTyped(type) && !isPicker(type))) return;
  const choice: Choice = type.includes('users')
    ? several
      ? { users: values }
      : { user: one }
    : several
      ? { options: values }
      : isTyped(type)
        ? { input: one }
        : { option: one };
  press(element, choice, place, s);
}

async function press(element: Json, choice: Choice, { blockId }: Place, s: Surroundings): Promise<void> {
  if (await confirmed(element, s)) s.press({ actionId: text(element.action_id), blockId, choice });
}

function drawButton(element: Json, place: Place, s: Surroundings): HTMLElement {
  const url = text(element.url);
  const attributes = {
    class: `button ${text(element.style)}`,
    'data-action': text(element.action_id),
    'aria-label': text(element.accessibility_label) || undefined,
    onclick: () => press(element, {}, place, s),
  };
  const words = wordsOf(element.text);
  if (!url) return h('button', { type: 'button', ...attributes }, words);
  if (!isSafeUrl(url)) return unknown(`a button that leads to ${url}`);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes }, words);
}

const DOTS = 'M6 12h.01M12 12h.01M18 12h.01';

function drawOverflow(element: Json, place: Place, s: Surroundings): HTMLElement {
  const options = groupsOf(element).flatMap((group) => group.options);
  const button = h(
    'button',
    {
      type: 'button',
      class: 'button overflow',
      'data-action': text(element.action_id),
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': 'More actions',
      onclick: () =>
        openMenu(
          button,
          'More actions',
          options.map(({ words, description, value, url }) => ({
            words,
            description,
            choose: () => {
              if (url && isSafeUrl(url)) open(url, '_blank', 'noopener');
              press(element, { option: value }, place, s);
            },
          })),
        ),
    },
    icon(DOTS),
  );
  return button;
}
