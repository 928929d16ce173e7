import type { SeenMessage } from '../../wire.ts';
import { h, replaceKeepingFocus } from '../dom.ts';

/** A list of messages that stays at its end while one is there. */
export interface MessageList {
  readonly root: HTMLElement;
  /** Everything anew. */
  show(messages: readonly SeenMessage[]): void;
  /** One message, new or as it is now. */
  put(message: SeenMessage): void;
  drop(ts: string): void;
}

const NEAR = 80;

export function messageList(label: string, draw: (message: SeenMessage) => HTMLElement): MessageList {
  const items = h('ol', { class: 'messages', 'aria-label': label });
  const root = h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, items);
  const drawn = new Map<string, HTMLElement>();
  let atEnd = true;
  root.addEventListener('scroll', () => {
    atEnd = root.scrollHeight - root.scrollTop - root.clientHeight < NEAR;
  });
  new ResizeObserver(() => {
    if (atEnd) root.scrollTop = root.scrollHeight;
  }).observe(items);

  const dayOf = (ts: string): string => new Date(Number(ts) * 1000).toDateString();
  function dayLine(ts: string): HTMLElement {
    const today = dayOf(ts) === new Date().toDateString();
    const day = new Date(Number(ts) * 1000).toLocaleDateString('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    });
    return h('li', { class: 'day', 'data-day': dayOf(ts) }, h('span', {}, today ? 'Today' : day));
  }

  function put(message: SeenMessage): void {
    const anew = draw(message);
    const old = drawn.get(message.ts);
    drawn.set(message.ts, anew);
    if (old) {
      replaceKeepingFocus(old, anew);
      return;
    }
    const all = [...items.querySelectorAll<HTMLElement>(':scope > .message')];
    const before = all.findLast(({ dataset }) => (dataset.ts ?? '') < message.ts);
    const line = items.querySelector(`:scope > [data-day="${dayOf(message.ts)}"]`) ?? dayLine(message.ts);
    if (!line.isConnected) before ? before.after(line) : items.prepend(line);
    (before && dayOf(before.dataset.ts ?? '') === dayOf(message.ts) ? before : line).after(anew);
  }

  return {
    root,
    show(messages) {
      drawn.clear();
      const lines: HTMLElement[] = [];
      let day = '';
      for (const message of messages) {
        if (dayOf(message.ts) !== day) lines.push(dayLine(message.ts));
        day = dayOf(message.ts);
        const one = draw(message);
        drawn.set(message.ts, one);
        lines.push(one);
      }
      items.replaceChildren(...lines);
      atEnd = true;
      root.scrollTop = root.scrollHeight;
    },
    put,
    drop(ts) {
      drawn.get(ts)?.remove();
      drawn.delete(ts);
    },
  };
}
