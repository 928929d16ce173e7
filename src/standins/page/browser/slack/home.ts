import { act } from '../api.ts';
import { h } from '../dom.ts';
import { drawBlocks } from '../draw/blocks.ts';
import type { Filled } from '../draw/surroundings.ts';
import { objects, text } from '../json.ts';
import { APP_NAME } from '../people.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';
import { surroundings } from '../surroundings.ts';

const draft = new Map<string, Filled>();

/** The app's Home tab as it was published for this person. */
export function drawHome(store: Store): HTMLElement {
  const { home } = store.seen.views;
  if (!home)
    return h(
      'div',
      { class: 'scroll empty', tabindex: 0 },
      h('p', {}, `${APP_NAME} has not put anything here yet.`),
    );
  const s = surroundings(
    store,
    async ({ actionId, blockId, choice }) => {
      const { trouble } = await act({
        do: 'press-in-view',
        as: store.seen.me,
        viewId: text(home.id),
        action: actionId,
        choice: { ...choice, blockId },
        values: Object.fromEntries(draft),
      });
      if (trouble) toast(trouble);
    },
    { draft },
  );
  return h(
    'div',
    { class: 'scroll home', tabindex: 0 },
    h('div', { class: 'blocks' }, ...drawBlocks(objects(home.blocks), s)),
  );
}
