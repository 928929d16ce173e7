import type { SceneCard } from '../../wire.ts';
import { act } from '../api.ts';
import { h } from '../dom.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';
import { accessPanel } from './access.ts';

/** The AWS account in small: above what can happen in it, below who can do what now. */
export function awsConsole(store: Store): HTMLElement {
  const { aws, staging, troubles } = store.seen;
  return h(
    'div',
    { class: 'aws' },
    aWindow(
      'Let something happen',
      '',
      h('div', { class: 'scenes' }, ...staging.scenes.map((scene) => deed(scene, 'scene'))),
      h(
        'details',
        { class: 'trouble' },
        h('summary', {}, 'Make trouble'),
        h('div', { class: 'scenes small' }, ...troubles.map((trouble) => deed(trouble, 'trouble'))),
      ),
    ),
    aWindow(
      'AWS account',
      aws ? `${groupedId(aws.accountId)} · ${aws.region}` : '',
      incidentPanel(store),
      accessPanel(store),
    ),
  );
}

function aWindow(title: string, about: string, ...content: HTMLElement[]): HTMLElement {
  return h(
    'section',
    { class: 'window', 'aria-label': title },
    h('div', { class: 'aws-head' }, h('h2', {}, title), h('span', {}, about)),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': title }, ...content),
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
  const root = h('div', { class: 'happened' }, list);
  function show(): void {
    const latest = store.seen.incidents.slice(-5).reverse();
    root.hidden = latest.length === 0;
    list.replaceChildren(
      ...latest.map(({ at, is, what }) =>
        h(
          'li',
          { class: `is-${is}` },
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
