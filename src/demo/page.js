// Draws what the stand-in workspace holds. Text is only ever set as text, never as markup.
const $ = (id) => document.getElementById(id);
const make = (tag, attributes = {}, ...inside) => {
  const node = Object.assign(document.createElement(tag), attributes);
  node.append(...inside.filter((one) => one !== undefined));
  return node;
};
const me = () => $('person').value || 'U0ANA';
let people = [];

async function act(deed) {
  $('trouble').textContent = '';
  const response = await fetch('/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: me(), ...deed }),
  });
  const { trouble } = await response.json();
  $('trouble').textContent = trouble ?? '';
  await draw();
}

const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const TOKEN = /(<[^>]+>|`[^`]+`|\*[^*\n]+\*|_[^_\n]+_|\n)/;

function mrkdwn(text) {
  return text.split(TOKEN).map((piece) => {
    if (piece === '\n') return make('br');
    if (/^`.+`$/.test(piece)) return make('code', { textContent: plain(piece.slice(1, -1)) });
    if (/^\*.+\*$/.test(piece)) return make('strong', {}, ...mrkdwn(piece.slice(1, -1)));
    if (/^_.+_$/.test(piece)) return make('em', {}, ...mrkdwn(piece.slice(1, -1)));
    return /^<.+>$/.test(piece) ? token(piece.slice(1, -1)) : plain(piece);
  });
}

function token(inside) {
  const [head, label = ''] = inside.split('|');
  const date = /^!date\^(\d+)/.exec(head);
  if (date) return make('time', { textContent: new Date(Number(date[1]) * 1000).toLocaleString() });
  if (head.startsWith('@')) {
    const name = people.find(({ id }) => id === head.slice(1))?.name ?? head.slice(1);
    return make('span', { className: 'mention', textContent: `@${name}` });
  }
  if (/^https?:\/\//.test(head)) {
    return make('a', { href: head, textContent: plain(label || head), rel: 'noreferrer', target: '_blank' });
  }
  return make('span', { className: 'error', textContent: `<${inside}>` });
}

const text = (object) => (object.type === 'mrkdwn' ? mrkdwn(object.text) : [object.text]);

function element(one, message, blockId) {
  const press = (option) => act({ do: 'press', ts: message.ts, action: one.action_id, option, blockId });
  if (one.type === 'button') {
    return make('button', { className: one.style ?? '', textContent: one.text.text, onclick: () => press() });
  }
  if (one.type === 'overflow') {
    const menu = make('select', {
      className: 'menu',
      ariaLabel: 'More',
      onchange: () => menu.value && press(menu.value),
    });
    menu.append(make('option', { value: '', textContent: '⋯' }));
    for (const { text: name, value } of one.options)
      menu.append(make('option', { value, textContent: name.text }));
    return menu;
  }
  return make('span', { className: 'error', textContent: `can't draw ${one.type}` });
}

function input(one, errors) {
  const { element: field, label, hint } = one;
  const name = field.action_id;
  const parts = [make('label', { textContent: label.text, htmlFor: name })];
  if (field.type === 'plain_text_input') {
    parts.push(
      make('textarea', {
        id: name,
        name,
        value: field.initial_value ?? '',
        maxLength: field.max_length ?? 3000,
      }),
    );
  } else if (field.type === 'users_select') {
    parts.push(
      make(
        'select',
        { id: name, name },
        ...people.map(({ id, name: who }) => make('option', { value: id, textContent: who })),
      ),
    );
  } else {
    for (const { text: words, value } of field.options) {
      parts.push(
        make(
          'label',
          { className: 'choice' },
          make('input', { type: 'radio', name, value }),
          ` ${words.text}`,
        ),
      );
    }
  }
  if (hint) parts.push(make('div', { className: 'context', textContent: hint.text }));
  if (errors[one.block_id])
    parts.push(make('div', { className: 'error', textContent: errors[one.block_id] }));
  return make('div', {}, ...parts);
}

function block(one, message, errors = {}) {
  const inside = (elements) => elements.map((item) => element(item, message, one.block_id));
  switch (one.type) {
    case 'header':
      return make('h3', { textContent: one.text.text });
    case 'section':
      if (one.fields)
        return make(
          'div',
          { className: 'fields' },
          ...one.fields.map((field) => make('div', {}, ...text(field))),
        );
      return make(
        'div',
        { className: 'section' },
        make('div', {}, ...text(one.text)),
        ...inside(one.accessory ? [one.accessory] : []),
      );
    case 'context':
      return make('div', { className: 'context' }, ...one.elements.flatMap(text));
    case 'actions':
      return make('div', { className: 'actions' }, ...inside(one.elements));
    case 'rich_text':
      return make('pre', {
        textContent: one.elements.flatMap(({ elements }) => elements.map((piece) => piece.text)).join(''),
      });
    case 'input':
      return input(one, errors);
    default:
      return make('div', { className: 'error', textContent: `can't draw ${one.type}` });
  }
}

function article(message) {
  const when = new Date(Number(message.ts) * 1000).toLocaleTimeString();
  const kind = message.ephemeralFor ? 'private' : message.thread_ts ? 'reply' : '';
  const head = make(
    'div',
    {},
    make('span', { className: 'who', textContent: 'Groupwatch' }),
    make('span', { className: 'when', textContent: when }),
  );
  if (message.ephemeralFor)
    head.append(make('span', { className: 'note', textContent: 'only visible to you' }));
  const body =
    message.blocks.length > 0
      ? message.blocks.map((one) => block(one, message))
      : [make('div', {}, ...mrkdwn(message.text))];
  return make('article', { className: kind }, head, ...body);
}

function drawModal(view, errors) {
  const dialog = $('modal');
  const key = JSON.stringify([view, errors]);
  if (dialog.dataset.key === key) return;
  dialog.dataset.key = key;
  if (!view) return dialog.close();
  const form = make(
    'form',
    { method: 'dialog' },
    make('h3', { textContent: view.title.text }),
    ...view.blocks.map((one) => block(one, {}, errors)),
  );
  const buttons = make(
    'div',
    { className: 'actions' },
    make('button', {
      type: 'button',
      textContent: view.close?.text ?? 'Close',
      onclick: () => act({ do: 'close' }),
    }),
  );
  if (view.submit) buttons.append(make('button', { className: 'primary', textContent: view.submit.text }));
  form.append(buttons);
  form.onsubmit = (event) => {
    event.preventDefault();
    act({
      do: 'submit',
      values: Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== '')),
    });
  };
  dialog.replaceChildren(form);
  dialog.oncancel = () => act({ do: 'close' });
  if (!dialog.open) dialog.showModal();
}

async function draw() {
  const state = await (await fetch(`/state?as=${me()}`)).json();
  people = state.people;
  if ($('person').length === 0) {
    $('person').append(
      ...people.map(({ id, name, role }) => make('option', { value: id, textContent: `${name} (${role})` })),
    );
    $('scene').append(
      ...state.scenes.map(({ name, title }) => make('option', { value: name, textContent: title })),
    );
  }
  const order = ({ thread_ts, ts }) => (thread_ts ?? ts) + ts;
  const sorted = state.messages.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  $('messages').replaceChildren(...sorted.map(article));
  if (sorted.length === 0)
    $('messages').append(make('p', { textContent: 'Nothing yet. An intruder comes in a moment…' }));
  drawModal(state.view, state.errors);
}

$('person').onchange = draw;
$('play').onclick = () => act({ do: 'scene', scene: $('scene').value });
$('command').onsubmit = (event) => {
  event.preventDefault();
  act({ do: 'command', text: $('words').value });
};
let waiting;
new EventSource('/changes').onmessage = () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 50);
};
