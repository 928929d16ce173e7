import { act } from '../api.ts';
import { h } from '../dom.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';

/** Where one types; slash commands go to the app, with hints while one types. */
export function composer(store: Store, channel: string, name: string): HTMLElement {
  const { command } = store.seen.staging;
  const field = h('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'hints',
    'aria-autocomplete': 'list',
    'aria-label': `Message ${name}`,
    placeholder: `Message ${name} — try ${command.name}`,
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => suggest(),
    onblur: () => setTimeout(hide, 150),
    onkeydown: keys,
  });
  const hints = h('ul', {
    id: 'hints',
    class: 'hints',
    role: 'listbox',
    'aria-label': 'Commands',
    hidden: true,
  });
  let chosen = -1;

  function hide(): void {
    hints.hidden = true;
    chosen = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }

  function suggest(): void {
    const typed = field.value.toLowerCase();
    const all = command.hints.map(({ words, about }) => ({ full: `${command.name} ${words}`, about }));
    const fitting = typed.startsWith('/') ? all.filter(({ full }) => full.startsWith(typed.trimEnd())) : [];
    hide();
    hints.replaceChildren(
      ...fitting.map(({ full, about }, n) =>
        h(
          'li',
          { role: 'option', id: `hint-${n}`, 'aria-selected': 'false', onpointerdown: () => take(full) },
          h('strong', {}, full),
          h('span', {}, about),
        ),
      ),
    );
    hints.hidden = fitting.length === 0;
    field.setAttribute('aria-expanded', String(fitting.length > 0));
  }

  /** What is in capitals or brackets has to be filled in. */
  function take(full: string): void {
    field.value = full.replace(/ (\[.*|[A-Z].*)$/, ' ');
    hide();
    setTimeout(() => field.focus());
  }

  function keys(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    const items = [...hints.children];
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !hints.hidden) {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length;
      for (const [n, item] of items.entries()) item.setAttribute('aria-selected', String(n === chosen));
      items[chosen]?.scrollIntoView({ block: 'nearest' });
      field.setAttribute('aria-activedescendant', `hint-${chosen}`);
    } else if (event.key === 'Escape') hide();
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen >= 0) {
      event.preventDefault();
      take(items[chosen]?.querySelector('strong')?.textContent ?? '');
    }
  }

  async function send(): Promise<void> {
    const [, name, words = ''] = /^(\/\S+)\s*(.*)$/.exec(field.value.trim()) ?? [];
    if (!name) {
      if (field.value.trim())
        toast(`People don't chat here: type ${command.name} and what you want to know.`, 'news');
      return;
    }
    field.value = '';
    hide();
    if (name !== command.name) {
      toast(`${name} is not a command here. There is ${command.name}.`);
      return;
    }
    const { trouble } = await act({ do: 'command', as: store.seen.me, channel, command: name, text: words });
    if (trouble) toast(trouble);
  }

  return h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault();
        send();
      },
    },
    hints,
    field,
    h('button', { type: 'submit', class: 'button send' }, 'Send'),
  );
}
