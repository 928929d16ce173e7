import type { Patch } from '../../wire.ts';
import { act } from '../api.ts';
import { h, replaceKeepingFocus } from '../dom.ts';
import { APP_NAME, APP_USER, avatar } from '../people.ts';
import type { Place, Where } from '../place.ts';
import type { Store } from '../store.ts';
import { composer } from './composer.ts';
import { drawHome } from './home.ts';
import { drawMessage } from './message.ts';
import { type MessageList, messageList } from './message-list.ts';

/** The open channel, or the app's two tabs. */
export function conversation(
  store: Store,
  place: Place,
): { root: HTMLElement; show(): void; patch(patch: Patch): void } {
  const root = h('section', { class: 'conversation' });
  let list: MessageList | undefined;
  let home: HTMLElement | undefined;
  let hash: unknown;

  const channelOf = (where: Where): string | undefined =>
    where.is === 'channel' ? where.id : store.seen.channels.find(({ isIm }) => isIm)?.id;

  function show(): void {
    const { where } = place;
    const channel = channelOf(where);
    const name =
      where.is === 'app' ? APP_NAME : `#${store.seen.channels.find(({ id }) => id === channel)?.name ?? ''}`;
    list = undefined;
    home = undefined;
    root.setAttribute('aria-label', name);
    if (where.is === 'app' && where.tab === 'home') {
      home = drawHome(store);
      hash = store.seen.views.home?.hash;
      root.replaceChildren(head(where), home);
      return;
    }
    list = messageList(`Messages in ${name}`, (message) => drawMessage(message, store, place), intro(name));
    root.replaceChildren(head(where), list.root, channel ? composer(store, channel, name) : h('div'));
    list.show(channel ? store.inChannel(channel) : []);
  }

  function head(where: Where): HTMLElement {
    if (where.is === 'channel') {
      const channel = store.seen.channels.find(({ id }) => id === where.id);
      const members = channel?.members ?? [];
      return h(
        'div',
        { class: 'head' },
        h(
          'h2',
          {},
          h('span', { 'aria-hidden': 'true' }, channel?.isPrivate ? '🔒 ' : '# '),
          channel?.name ?? '',
        ),
        h(
          'span',
          { class: 'facepile', 'aria-label': `${members.length} members` },
          ...members.slice(0, 4).map((id) => avatar(id, store.seen.people[id] ?? '?')),
          h('span', {}, String(members.length)),
        ),
      );
    }
    const tab = (name: 'home' | 'messages', words: string) =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          'aria-selected': String(where.tab === name),
          class: 'tab',
          onclick: () => place.go({ is: 'app', tab: name }),
        },
        words,
      );
    return h(
      'div',
      { class: 'head' },
      h('h2', {}, avatar(APP_USER, APP_NAME), APP_NAME),
      h(
        'div',
        { class: 'tabs', role: 'tablist', 'aria-label': APP_NAME },
        tab('home', 'Home'),
        tab('messages', 'Messages'),
      ),
    );
  }

  return {
    root,
    show,
    patch(patch) {
      const channel = channelOf(place.where);
      if (patch.is === 'views' && home && store.seen.views.home?.hash !== hash) {
        hash = store.seen.views.home?.hash;
        const anew = drawHome(store);
        replaceKeepingFocus(home, anew);
        home = anew;
      }
      if (patch.is === 'gone' && patch.channel === channel) list?.drop(patch.ts);
      if (patch.is !== 'message' || patch.message.channel !== channel) return;
      const parent = patch.message.thread_ts
        ? store.message(channel, patch.message.thread_ts)
        : patch.message;
      if (parent) list?.put(parent);
    },
  };
}

const intro = (name: string): HTMLElement =>
  h(
    'div',
    { class: 'intro' },
    h('strong', {}, `This is the start of ${name}`),
    h('p', {}, 'What the app says comes here. What people press and type goes to the app.'),
  );

/** Tells the app that its Home was opened, as Slack does. */
export const tellHomeOpened = (store: Store, tab: 'home' | 'messages'): void =>
  void act({ do: 'open-home', as: store.seen.me, tab });
