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
/** How many messages are drawn in one go. */
const AT_ONCE = 40;

/** `intro` stands before the first message. */
export function messageList(
  label: string,
  draw: (message: SeenMessage) => HTMLElement,
  intro?: HTMLElement,
): MessageList {
  const items = h('ol', { class: 'messages', 'aria-label': label });
  const root = h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, intro, items);
  const drawn = new Map<string, HTMLElement>();
  let atEnd = true;
  let showing = 0;
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

  /** The newest first, the others when the browser has time: a long channel is there at once. */
  function addBefore(messages: readonly SeenMessage[], turn: number): void {
    if (turn !== showing) return;
    for (const message of messages.slice(-AT_ONCE).reverse()) {
      if (drawn.has(message.ts)) continue;
      const one = draw(message);
      drawn.set(message.ts, one);
      const line = items.querySelector(`:scope > [data-day="${dayOf(message.ts)}"]`) ?? dayLine(message.ts);
      if (!line.isConnected) items.prepend(line);
      line.after(one);
    }
    const rest = messages.slice(0, -AT_ONCE);
    if (rest.length > 0) requestIdleCallback(() => addBefore(rest, turn), { timeout: 200 });
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
      items.replaceChildren();
      atEnd = true;
      showing++;
      addBefore(messages, showing);
      root.scrollTop = root.scrollHeight;
    },
    put,
    drop(ts) {
      drawn.get(ts)?.remove();
      drawn.delete(ts);
    },
  };
}
