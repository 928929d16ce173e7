import type { SeenAws, SeenUser } from '../../wire.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';

/** How many users are shown before one asks for all. */
const FIRST = 6;

/** Users with what they can do now, those that changed last on top; below, the groups. */
export function accessPanel(store: Store): HTMLElement {
  const root = h('div', { class: 'access' });
  const known = new Map<string, { as: string; changed: number }>();
  let turn = 0;

  function show(): void {
    const { aws } = store.seen;
    if (!aws) return;
    turn++;
    for (const user of aws.users) {
      const as = JSON.stringify(user);
      if (known.get(user.name)?.as !== as) known.set(user.name, { as, changed: turn });
    }
    const changed = ({ name }: SeenUser): number => known.get(name)?.changed ?? 0;
    const users = aws.users.toSorted((a, b) => changed(b) - changed(a));
    const draw = (user: SeenUser) => drawUser(user, aws.probes, turn > 1 && changed(user) === turn);
    const rest = users.slice(FIRST);
    const wasOpen = root.querySelector<HTMLDetailsElement>('.more-users')?.open === true;
    root.replaceChildren(
      h('h3', { id: 'access-title' }, 'Who can do what now'),
      h('ul', { class: 'users' }, ...users.slice(0, FIRST).map(draw)),
      h(
        'details',
        { class: 'more-users', open: wasOpen, hidden: rest.length === 0 },
        h('summary', {}, `${rest.length} more users`),
        h('ul', { class: 'users' }, ...rest.map(draw)),
      ),
      drawGroups(aws),
    );
  }
  store.on('snapshot', show);
  store.on('aws', show);
  show();
  return root;
}

const isDenial = (policy: string): boolean => /deny/i.test(policy);

function drawUser(user: SeenUser, probes: string[], fresh: boolean): HTMLElement {
  const { name, groups, policies, boundary, credentials, can } = user;
  const state = [policies.some(isDenial) && 'denied', fresh && 'fresh'].filter(Boolean).join(' ');
  return h(
    'li',
    { class: `user ${state}`, 'data-user': name },
    h(
      'div',
      { class: 'user-head' },
      h('strong', {}, name),
      ...groups.map((one) => h('span', { class: 'chip' }, one)),
      ...policies.map((one) => h('span', { class: isDenial(one) ? 'chip deny' : 'chip policy' }, one)),
      boundary !== undefined && h('span', { class: 'chip deny' }, `boundary ${boundary}`),
    ),
    h(
      'ul',
      { class: 'can' },
      ...probes.map((probe, n) =>
        h(
          'li',
          { class: can[n] ? 'yes' : 'no' },
          h('span', { 'aria-hidden': 'true' }, can[n] ? '✓' : '✕'),
          h('span', { class: 'unseen' }, can[n] ? 'can ' : 'cannot '),
          probe,
        ),
      ),
    ),
    credentials.length > 0 &&
      h(
        'ul',
        { class: 'credentials' },
        ...credentials.map(({ words, works }) => h('li', { class: works ? '' : 'off' }, words)),
      ),
  );
}

function drawGroups({ groups }: SeenAws): HTMLElement {
  return h(
    'ul',
    { class: 'groups', 'aria-label': 'Groups' },
    ...groups.map(({ name, policies, members }) =>
      h(
        'li',
        {},
        h('strong', {}, name),
        h(
          'span',
          { class: 'soft' },
          ` ${members} ${members === 1 ? 'member' : 'members'} · ${policies.join(', ') || 'no policies'}`,
        ),
      ),
    ),
  );
}
