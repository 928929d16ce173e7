import { h } from '../dom.ts';
import { type Json, object } from '../json.ts';
import type { Surroundings } from './surroundings.ts';
import { drawText, wordsOf } from './text.ts';

/** Asks as the element's `confirm` says; true at once where it has none. */
export function confirmed(element: Json, s: Surroundings): Promise<boolean> {
  if (element.confirm === undefined) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = object(element.confirm);
  return new Promise((resolve) => {
    const answer = (value: string) => () => dialog.close(value);
    const dialog = h(
      'dialog',
      { class: 'dialog confirm', 'aria-label': wordsOf(title) },
      h('h2', {}, wordsOf(title)),
      h('div', { class: 'dialog-body' }, ...drawText(text, s)),
      h(
        'div',
        { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', onclick: answer('no') }, wordsOf(deny)),
        h(
          'button',
          {
            type: 'button',
            class: `button ${style === 'danger' ? 'danger' : 'primary'}`,
            onclick: answer('yes'),
          },
          wordsOf(confirm),
        ),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
