import { h } from './dom.ts';

export const APP_NAME = 'Groupwatch';
export const APP_USER = 'U0BOT';

const HUES = [255, 190, 25, 330, 150, 285, 45, 210];

/** A square with the first letter, in a colour of the person's own; for the eye only. */
export function avatar(id: string, name: string): HTMLElement {
  if (id === APP_USER)
    return h('span', { class: 'avatar app', 'aria-hidden': 'true' }, h('span', { class: 'app-glyph' }));
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const style = `--hue:${HUES[sum % HUES.length]}`;
  return h('span', { class: 'avatar', style, 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase());
}
