import type { Json, SeenViews } from '../../wire.ts';
import { act } from '../api.ts';
import { h } from '../dom.ts';
import { drawBlocks } from '../draw/blocks.ts';
import type { Filled, Press } from '../draw/surroundings.ts';
import { wordsOf } from '../draw/text.ts';
import { objects, text } from '../json.ts';
import { APP_USER, avatar } from '../people.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';
import { surroundings } from '../surroundings.ts';

/** Shows the modal on top of a person's stack, and takes what is filled in. */
export function modals(store: Store): { show(): void } {
  const dialog = h('dialog', { class: 'dialog modal', 'aria-labelledby': 'modal-title' });
  const drafts = new Map<string, Map<string, Filled>>();
  let problems: Record<string, string> = {};
  let shown = '';
  document.body.append(dialog);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close(false);
  });

  const top = (): Json | undefined => store.seen.views.stack.at(-1);
  const me = () => store.seen.me;
  const values = (id: string) => Object.fromEntries(drafts.get(id) ?? []);

  async function close(all: boolean): Promise<void> {
    await act({ do: 'close', as: me(), all });
  }

  async function press(view: Json, { actionId, blockId, choice }: Press): Promise<void> {
    const viewId = text(view.id);
    const { trouble } = await act({
      do: 'press-in-view',
      as: me(),
      viewId,
      action: actionId,
      choice: { ...choice, blockId },
      values: values(viewId),
    });
    if (trouble) toast(trouble);
  }

  async function submit(view: Json, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    const viewId = text(view.id);
    const answer = await act({ do: 'submit', as: me(), viewId, values: values(viewId) });
    button.disabled = false;
    if (answer.trouble) toast(answer.trouble);
    problems = answer.problems ?? {};
    if (Object.keys(problems).length > 0) show();
  }

  function show(): void {
    const view = top();
    if (!view) {
      if (dialog.open) dialog.close();
      drafts.clear();
      problems = {};
      shown = '';
      return;
    }
    const id = text(view.id);
    const now = JSON.stringify([id, view.hash, store.seen.views.errors, problems]);
    // Nothing new: whoever is typing isn't disturbed.
    if (now === shown) return;
    const anew = !shown.startsWith(JSON.stringify([id]).slice(0, -1));
    shown = now;
    const draft = drafts.get(id) ?? new Map<string, Filled>();
    drafts.set(id, draft);
    draw(view, draft, anew);
  }

  function draw(view: Json, draft: Map<string, Filled>, anew: boolean): void {
    const wrong = { ...stringsOf(store.seen.views), ...problems };
    const s = surroundings(store, (one) => press(view, one), { draft, problems: wrong });
    const active =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset.action : undefined;
    const scrolled = dialog.querySelector('.dialog-body')?.scrollTop ?? 0;
    const submitWords = view.submit === undefined ? undefined : wordsOf(view.submit);
    const send = h('button', { type: 'submit', class: 'button primary' }, submitWords ?? '');
    const form = h(
      'form',
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          submit(view, send);
        },
      },
      h(
        'div',
        { class: 'dialog-head' },
        avatar(APP_USER, ''),
        h('h2', { id: 'modal-title' }, wordsOf(view.title)),
        h(
          'button',
          { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => close(true) },
          '×',
        ),
      ),
      h('div', { class: 'dialog-body' }, ...drawBlocks(objects(view.blocks), s)),
      h(
        'div',
        { class: 'dialog-foot' },
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => close(false) },
          view.close === undefined ? (submitWords === undefined ? 'Close' : 'Cancel') : wordsOf(view.close),
        ),
        submitWords !== undefined && send,
      ),
    );
    dialog.replaceChildren(form);
    if (!dialog.open) dialog.showModal();
    const body = dialog.querySelector('.dialog-body');
    if (body && !anew) body.scrollTop = scrolled;
    const first =
      Object.keys(wrong).length > 0
        ? '.invalid :is(input, select, textarea)'
        : '.input :is(input, select, textarea)';
    const again =
      active && !anew && Object.keys(wrong).length === 0 ? `[data-action="${CSS.escape(active)}"]` : first;
    (
      dialog.querySelector<HTMLElement>(again) ?? dialog.querySelector<HTMLElement>('.dialog-foot .button')
    )?.focus();
  }

  return { show };
}

const stringsOf = ({ errors }: SeenViews): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([blockId, what]) => [blockId, text(what)]));
