import type { SeenMessage } from '../../wire.ts';
import { act } from '../api.ts';
import { type Child, h } from '../dom.ts';
import { drawAttachment } from '../draw/attachment.ts';
import { drawBlocks } from '../draw/blocks.ts';
import { drawFile } from '../draw/picture.ts';
import type { Filled, Press } from '../draw/surroundings.ts';
import { drawMarkup, wordsOf } from '../draw/text.ts';
import { APP_NAME, APP_USER, avatar } from '../people.ts';
import type { Place } from '../place.ts';
import { toast } from '../say.ts';
import type { Store } from '../store.ts';
import { surroundings } from '../surroundings.ts';

/** What is filled in where a message has menus, by message. */
const drafts = new Map<string, Map<string, Filled>>();

/** A message with who wrote it, when, and its replies. */
export function drawMessage(
  message: SeenMessage,
  store: Store,
  place: Place,
  { inThread = false }: { inThread?: boolean } = {},
): HTMLElement {
  const { user, ts } = message;
  const name = user === APP_USER ? APP_NAME : (store.seen.people[user] ?? 'Slack');
  const at = new Date(Number(ts) * 1000);
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return h(
    'li',
    {
      class: message.private ? 'message private' : 'message',
      'data-ts': ts,
      tabindex: -1,
      'aria-label': `${name}, ${time}`,
    },
    avatar(user, name),
    h(
      'div',
      { class: 'message-body' },
      message.private && h('p', { class: 'only-you' }, '👁 Only visible to you'),
      h(
        'div',
        { class: 'message-head' },
        h('strong', {}, name),
        user === APP_USER && h('span', { class: 'badge' }, 'APP'),
        h('time', { datetime: at.toISOString(), title: at.toLocaleString('en-GB') }, time),
      ),
      ...content(message, store),
      !inThread && replyBar(message, store, place),
    ),
  );
}

function content(message: SeenMessage, store: Store): Child[] {
  const { channel, ts, blocks, attachments, files } = message;
  const draft = drafts.get(ts) ?? new Map<string, Filled>();
  drafts.set(ts, draft);
  const s = surroundings(store, (one) => press(store, channel, ts, one), { draft });
  const body = blocks.length > 0 ? drawBlocks(blocks, s) : drawMarkup(message.text, message.verbatim, s);
  return [
    h('div', { class: 'blocks' }, ...body),
    ...attachments.map((one, n) => drawAttachment(one, n, s)),
    ...files.map((file) => drawFile({ ...file, url: `/files/${file.id}` })),
  ];
}

async function press(
  store: Store,
  channel: string,
  ts: string,
  { actionId, blockId, choice }: Press,
): Promise<void> {
  const what = { do: 'press', as: store.seen.me, channel, ts, action: actionId };
  const { trouble } = await act({ ...what, choice: { ...choice, blockId } });
  if (trouble) toast(trouble);
}

function replyBar({ channel, ts }: SeenMessage, store: Store, place: Place): Child {
  const replies = store.replies(channel, ts);
  const last = replies.at(-1);
  if (!last) return undefined;
  const many = `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`;
  const when = new Date(Number(last.ts) * 1000).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });
  return h(
    'button',
    {
      type: 'button',
      class: 'replies',
      'data-action': 'replies',
      onclick: () => place.openThread({ channel, ts }),
    },
    avatar(last.user, store.seen.people[last.user] ?? APP_NAME),
    h('strong', {}, many),
    h('span', {}, `Last reply at ${when}`),
  );
}

/** What a message says in a line, for who listens. */
export function inWords({ text, blocks }: SeenMessage): string {
  return wordsOf({ type: 'mrkdwn', text }) || `a message of ${blocks.length} blocks`;
}
