import type { SceneCard, SeenAws, SeenUser } from '../../wire.ts';
import { act } from '../api.ts';
import { h } from '../dom.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';

/** The AWS account in small: what can happen in it, who can do what now, and what goes wrong. */
export function awsConsole(store: Store): HTMLElement {
  const access = h('section', { class: 'panel access', 'aria-labelledby': 'access-title' });
  const incidents = h('ol', { class: 'incidents', 'aria-label': 'What went wrong' });
  const { aws, staging, troubles } = store.seen;
  const root = h(
    'div',
    { class: 'window aws' },
    h(
      'div',
      { class: 'aws-head' },
      h('h2', {}, 'AWS account'),
      h('span', {}, aws ? `${groupedId(aws.accountId)} · ${aws.region}` : ''),
    ),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'AWS account' },
      h(
        'section',
        { class: 'panel', 'aria-labelledby': 'scenes-title' },
        h('h3', { id: 'scenes-title' }, 'Let something happen'),
        h('div', { class: 'scenes' }, ...staging.scenes.map((scene) => deed(scene, 'scene'))),
      ),
      access,
      h(
        'section',
        { class: 'panel', 'aria-labelledby': 'trouble-title' },
        h('h3', { id: 'trouble-title' }, 'Make trouble'),
        h('div', { class: 'scenes small' }, ...troubles.map((trouble) => deed(trouble, 'trouble'))),
        incidents,
      ),
    ),
  );

  function showAccess(): void {
    const { aws: now } = store.seen;
    if (now) access.replaceChildren(h('h3', { id: 'access-title' }, 'Who can do what now'), ...accessOf(now));
  }
  function showIncidents(): void {
    const latest = store.seen.incidents.slice(-8).reverse();
    incidents.replaceChildren(
      ...latest.map(({ at, what }) =>
        h('li', {}, h('time', {}, new Date(at).toLocaleTimeString('en-GB')), h('span', {}, what)),
      ),
    );
  }
  store.on('snapshot', () => {
    showAccess();
    showIncidents();
  });
  store.on('aws', showAccess);
  store.on('incident', showIncidents);
  showAccess();
  showIncidents();
  return root;
}

function deed({ name, title, about }: SceneCard, kind: 'scene' | 'trouble'): HTMLElement {
  const run = async (): Promise<void> => {
    const { trouble } = await act({ do: kind, [kind]: name });
    if (trouble) toast(trouble);
    else toast(`${kind === 'scene' ? 'In AWS' : 'Trouble'}: ${title}`, 'news');
  };
  return h(
    'button',
    { type: 'button', class: 'deed', [`data-${kind}`]: name, onclick: run },
    h('strong', {}, title),
    about !== undefined && h('span', {}, about),
  );
}

function accessOf({ probes, users, groups }: SeenAws): HTMLElement[] {
  if (users.length === 0) return [h('p', { class: 'soft' }, 'There are no users yet.')];
  return [
    h('ul', { class: 'users' }, ...users.map((user) => userOf(user, probes))),
    h(
      'details',
      { class: 'groups' },
      h('summary', {}, `${groups.length} groups`),
      h(
        'ul',
        {},
        ...groups.map(({ name, policies, members }) =>
          h(
            'li',
            {},
            h('strong', {}, name),
            ` ${members} ${members === 1 ? 'member' : 'members'}`,
            h('span', { class: 'soft' }, policies.join(', ') || 'no policies'),
          ),
        ),
      ),
    ),
  ];
}

function userOf(
  { name, groups, policies, boundary, credentials, can }: SeenUser,
  probes: string[],
): HTMLElement {
  const denied = policies.some((one) => /deny/i.test(one));
  return h(
    'li',
    { class: denied ? 'user denied' : 'user', 'data-user': name },
    h(
      'div',
      { class: 'user-head' },
      h('strong', {}, name),
      ...groups.map((one) => h('span', { class: 'chip' }, one)),
      ...policies.map((one) => h('span', { class: /deny/i.test(one) ? 'chip deny' : 'chip policy' }, one)),
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

const groupedId = (id: string): string => id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
