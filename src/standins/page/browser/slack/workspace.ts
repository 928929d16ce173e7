import type { Patch } from '../../wire.ts';
import { h, replaceKeepingFocus } from '../dom.ts';
import { APP_NAME, APP_USER } from '../people.ts';
import type { Place } from '../place.ts';
import { announce } from '../say.ts';
import type { Store } from '../store.ts';
import { conversation, tellHomeOpened } from './conversation.ts';
import { inWords } from './message.ts';
import { modals } from './modal.ts';
import { sidebar } from './sidebar.ts';
import { threadPanel } from './thread.ts';

/** The Slack window: where one is, and how news get there. */
export function workspace(store: Store): HTMLElement {
  const unread = new Map<string, number>();
  const place: Place = {
    where: { is: 'channel', id: store.seen.staging.channel },
    go(where) {
      place.where = where;
      place.thread = undefined;
      thread.show();
      main.show();
      nav();
      if (where.is === 'app') tellHomeOpened(store, where.tab);
    },
    openThread(to) {
      const from = place.thread?.ts;
      place.thread = to;
      thread.show();
      root.classList.toggle('with-thread', to !== undefined);
      if (to) parentOf(to.ts)?.scrollIntoView({ block: 'nearest' });
      if (!to && from) parentOf(from)?.querySelector<HTMLElement>('.replies')?.focus();
    },
  };
  const parentOf = (ts: string) => root.querySelector(`.conversation [data-ts="${ts}"]`);
  const main = conversation(store, place);
  const thread = threadPanel(store, place);
  const modal = modals(store);
  let side = h('nav');
  const root = h('div', { class: 'window slack' }, side, main.root, thread.root);

  function nav(): void {
    const open = openChannel();
    if (open) unread.delete(open);
    const anew = sidebar(store, place, unread);
    replaceKeepingFocus(side, anew);
    side = anew;
  }
  const openChannel = (): string | undefined =>
    place.where.is === 'channel'
      ? place.where.id
      : place.where.tab === 'messages'
        ? store.seen.channels.find(({ isIm }) => isIm)?.id
        : undefined;

  function news(patch: Patch): void {
    main.patch(patch);
    thread.patch(patch);
    if (patch.is !== 'message' || patch.message.user !== APP_USER) return;
    const { channel, ts } = patch.message;
    const latest = store.seen.messages.at(-1);
    if (latest?.ts !== ts || heard.has(ts)) return;
    heard.add(ts);
    announce(`${APP_NAME}: ${inWords(patch.message)}`);
    if (channel !== openChannel()) unread.set(channel, (unread.get(channel) ?? 0) + 1);
    nav();
  }
  const heard = new Set<string>();

  function all(): void {
    const { where } = place;
    const known = store.seen.channels.some(({ id }) => where.is === 'channel' && id === where.id);
    const [first] = store.seen.channels;
    if (where.is === 'channel' && !known && first) place.where = { is: 'channel', id: first.id };
    heard.clear();
    unread.clear();
    main.show();
    thread.show();
    root.classList.toggle('with-thread', place.thread !== undefined);
    nav();
    modal.show();
  }

  store.on('snapshot', all);
  for (const kind of ['message', 'gone'] as const) store.on(kind, (patch) => patch && news(patch));
  store.on('channels', () => nav());
  store.on('views', (patch) => {
    if (patch) main.patch(patch);
    modal.show();
  });
  all();
  return root;
}
