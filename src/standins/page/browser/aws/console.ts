import type { SceneCard } from '../../wire.ts';
import { act } from '../api.ts';
import { h } from '../dom.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';
import { accessPanel } from './access.ts';

/** The AWS account in small: what can happen in it, who can do what now, and what goes wrong. */
export function awsConsole(store: Store): HTMLElement {
  const { aws, staging, troubles } = store.seen;
  return h(
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
      h(
        'details',
        { class: 'panel trouble' },
        h('summary', {}, 'Make trouble'),
        h('div', { class: 'scenes small' }, ...troubles.map((trouble) => deed(trouble, 'trouble'))),
      ),
      incidentPanel(store),
      accessPanel(store),
    ),
  );
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

/** The last things that went wrong, or that the app did in AWS. */
function incidentPanel(store: Store): HTMLElement {
  const list = h('ol', { class: 'incidents', 'aria-label': 'What happened' });
  const root = h('section', { class: 'panel', 'aria-label': 'What happened' }, list);
  function show(): void {
    const latest = store.seen.incidents.slice(-5).reverse();
    root.hidden = latest.length === 0;
    list.replaceChildren(
      ...latest.map(({ at, is, what }) =>
        h(
          'li',
          { class: is },
          h('time', {}, new Date(at).toLocaleTimeString('en-GB')),
          h('span', {}, is === 'deed' ? `The app called ${what}` : what),
        ),
      ),
    );
  }
  store.on('snapshot', show);
  store.on('incident', show);
  show();
  return root;
}

const groupedId = (id: string): string => id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
