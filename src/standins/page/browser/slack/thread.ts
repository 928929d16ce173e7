import type { Patch } from '../../wire.ts';
import { h } from '../dom.ts';
import type { Place } from '../place.ts';
import type { Store } from '../store.ts';
import { drawMessage } from './message.ts';
import { type MessageList, messageList } from './message-list.ts';

/** A message and its replies, beside the channel. */
export function threadPanel(
  store: Store,
  place: Place,
): { root: HTMLElement; show(): void; patch(patch: Patch): void } {
  const root = h('aside', { class: 'thread', 'aria-label': 'Thread', hidden: true });
  let list: MessageList | undefined;
  root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') place.openThread(undefined);
  });

  return {
    root,
    show() {
      const { thread } = place;
      root.hidden = !thread;
      if (!thread) {
        root.replaceChildren();
        list = undefined;
        return;
      }
      const title = h('h2', { tabindex: -1 }, 'Thread');
      const close = h(
        'button',
        {
          type: 'button',
          class: 'close',
          'aria-label': 'Close thread',
          onclick: () => place.openThread(undefined),
        },
        '×',
      );
      list = messageList('Replies', (message) => drawMessage(message, store, place, { inThread: true }));
      root.replaceChildren(h('div', { class: 'head' }, title, close), list.root);
      const parent = store.message(thread.channel, thread.ts);
      list.show([...(parent ? [parent] : []), ...store.replies(thread.channel, thread.ts)]);
      title.focus({ preventScroll: true });
    },
    patch(patch) {
      const { thread } = place;
      if (!thread) return;
      if (patch.is === 'gone') list?.drop(patch.ts);
      if (patch.is !== 'message' || patch.message.channel !== thread.channel) return;
      const { ts, thread_ts } = patch.message;
      if (ts === thread.ts || thread_ts === thread.ts) list?.put(patch.message);
    },
  };
}
