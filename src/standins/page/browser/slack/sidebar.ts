import { h } from '../dom.ts';
import { APP_NAME, APP_USER, avatar } from '../people.ts';
import type { Place, Where } from '../place.ts';
import type { Store } from '../store.ts';

/** Channels and the app, with a mark where there is something new. */
export function sidebar(store: Store, place: Place, unread: Map<string, number>): HTMLElement {
  const { channels, staging } = store.seen;
  const me = staging.cast.find(({ id }) => id === store.seen.me);
  const entry = (words: string, where: Where, here: boolean, fresh: number, sign: Node) =>
    h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: fresh > 0 ? 'entry fresh' : 'entry',
          title: words,
          'aria-current': here ? 'page' : undefined,
          onclick: () => place.go(where),
        },
        sign,
        h('span', { class: 'entry-name' }, words),
        fresh > 0 && h('span', { class: 'count', 'aria-label': `${fresh} new` }, String(fresh)),
      ),
    );
  const { where } = place;
  const rooms = channels.filter(({ isIm }) => !isIm);
  const direct = channels.find(({ isIm }) => isIm);
  return h(
    'nav',
    { class: 'sidebar', 'aria-label': 'Slack workspace' },
    h(
      'div',
      { class: 'workspace' },
      h('strong', {}, 'Example Ltd'),
      h('span', {}, me ? `${me.name} · ${me.role}` : ''),
    ),
    h('h2', {}, 'Channels'),
    h(
      'ul',
      {},
      ...rooms.map(({ id, name, isPrivate }) =>
        entry(
          name,
          { is: 'channel', id },
          where.is === 'channel' && where.id === id,
          unread.get(id) ?? 0,
          h('span', { class: 'hash', 'aria-hidden': 'true' }, isPrivate ? '🔒' : '#'),
        ),
      ),
    ),
    h('h2', {}, 'Apps'),
    h(
      'ul',
      {},
      entry(
        APP_NAME,
        { is: 'app', tab: direct && (unread.get(direct.id) ?? 0) > 0 ? 'messages' : 'home' },
        where.is === 'app',
        (direct && unread.get(direct.id)) ?? 0,
        avatar(APP_USER, APP_NAME),
      ),
    ),
  );
}
