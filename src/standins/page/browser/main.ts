import { awsConsole } from './aws/console.ts';
import { byId, h } from './dom.ts';
import { openMenu } from './draw/menu.ts';
import { avatar } from './people.ts';
import { toast } from './say.ts';
import { workspace } from './slack/workspace.ts';
import { startStore } from './store.ts';
import { tour } from './tour.ts';

const asked = new URL(location.href).searchParams.get('as') ?? '';
const store = await startStore(asked);

/** Another person from now on, in this tab; the address keeps it, so that two tabs can be two people. */
function become(id: string): void {
  const url = new URL(location.href);
  url.searchParams.set('as', id);
  history.replaceState(null, '', url);
  store.follow(id);
}

function showMe(): void {
  const { cast } = store.seen.staging;
  const me = cast.find(({ id }) => id === store.seen.me);
  const button = byId('me');
  button.replaceChildren(
    avatar(me?.id ?? '', me?.name ?? ''),
    h(
      'span',
      {},
      h('small', {}, 'You are '),
      h('strong', {}, me?.name ?? ''),
      h('small', {}, ` · ${me?.role ?? ''}`),
    ),
  );
  document.title = `${me?.name ?? ''} · Groupwatch sandbox`;
}

byId('me').addEventListener('click', () =>
  openMenu(
    byId('me'),
    'Who you are',
    store.seen.staging.cast.map(({ id, name, role }) => ({
      words: name,
      description: role,
      choose: () => become(id),
    })),
  ),
);

byId('theme').addEventListener('click', () => {
  const { dataset } = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  dataset.theme = (dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
});

function showStatus(): void {
  const { sockets } = store.seen.status;
  const up = (sockets ?? 0) > 0;
  const status = byId('status');
  status.className = up ? 'status up' : 'status down';
  status.textContent = up ? `App connected (${sockets})` : 'App not connected';
}

byId('story').textContent = store.seen.staging.story;
byId('first').textContent = store.seen.staging.first;
byId('slack').replaceChildren(workspace(store));
byId('aws').replaceChildren(awsConsole(store));
const guide = tour(store, become);
byId('start-tour').addEventListener('click', () => guide.start());

let lost = false;
store.on('lost', () => {
  if (!lost) toast('The demo has stopped. This page comes back with it.');
  lost = true;
  byId('status').className = 'status down';
  byId('status').textContent = 'Demo stopped';
});
store.on('snapshot', () => {
  if (lost) toast('The demo is back.', 'news');
  lost = false;
  showMe();
  showStatus();
});
store.on('status', showStatus);
store.on('incident', (patch) => {
  if (patch?.is === 'incident' && patch.incident.is === 'trouble') toast(patch.incident.what);
});
showMe();
showStatus();
document.body.classList.add('ready');
