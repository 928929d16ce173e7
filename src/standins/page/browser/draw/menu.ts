import { h } from '../dom.ts';

/** One line of a menu. */
export interface MenuItem {
  words: string;
  description?: string;
  choose(): void;
}

/**
 * A menu below its button, with the keys that menus have. It stands in a layer of its own, so that what is drawn
 * anew below doesn't close it.
 */
export function openMenu(button: HTMLElement, label: string, items: MenuItem[]): void {
  document.querySelector('.menu')?.remove();
  button.setAttribute('aria-expanded', 'true');
  const close = (focus: boolean): void => {
    menu.remove();
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    if (focus && button.isConnected) button.focus();
  };
  const buttons = items.map(({ words, description, choose }) =>
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        onclick: () => {
          close(true);
          choose();
        },
      },
      h('span', {}, words),
      description && h('small', {}, description),
    ),
  );
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label, onkeydown: keys }, ...buttons);

  function keys(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    const at = buttons.findIndex((one) => one.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close(true);
    if (to !== undefined) buttons.at(to % buttons.length)?.focus();
    if (to !== undefined || event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
    }
  }
  function outside(event: Event): void {
    if (event.target instanceof Node && !menu.contains(event.target)) close(false);
  }

  // In a modal only what is inside of it can be reached; elsewhere it stands in its landmark.
  (button.closest('dialog, main, header') ?? document.body).append(menu);
  place(menu, button);
  document.addEventListener('pointerdown', outside, true);
  buttons[0]?.focus();
}

function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
}
