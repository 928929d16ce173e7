import { h } from '../dom.ts';

/** What can't be drawn is seen: an error in its place, never nothing. */
export function unknown(what: string): HTMLElement {
  return h('div', { class: 'unknown', role: 'alert' }, `This can't be drawn: ${what}`);
}
