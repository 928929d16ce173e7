import { byId, h } from './dom.ts';

/** Reads it out where somebody listens, and shows nothing. */
export function announce(words: string): void {
  byId('live').textContent = words;
}

/** A short word at the edge of the page, which goes by itself and can be sent away. */
export function toast(words: string, kind: 'trouble' | 'news' = 'trouble'): void {
  const all = byId('toasts');
  const close = (): void => one.remove();
  const one = h(
    'div',
    { class: `toast ${kind}` },
    h('span', {}, words),
    h('button', { type: 'button', 'aria-label': 'Dismiss', onclick: close }, '×'),
  );
  all.append(one);
  while (all.childElementCount > 3) all.firstElementChild?.remove();
  setTimeout(close, 7_000);
}
