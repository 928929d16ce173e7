import { text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { directMessage, type State } from '../state.ts';
import type { Json, Message } from '../types.ts';
import { asJson } from './content.ts';
import { byKind, channelOf, type Method, writableChannel } from './method.ts';

/** One page, by an opaque cursor that holds where the next one begins. */
function page<T>(all: T[], args: Json, fallback: number): { items: T[]; more: Json } {
  const start = Number(Buffer.from(text(args.cursor), 'base64').toString() || 0);
  if (Number.isNaN(start)) throw new Refusal('invalid_cursor');
  const end = start + Math.min(Number(args.limit ?? fallback) || fallback, 1000);
  const next = end < all.length ? Buffer.from(String(end)).toString('base64') : '';
  return {
    items: all.slice(start, end),
    more: { has_more: next !== '', response_metadata: { next_cursor: next } },
  };
}

/** Metadata comes whole only to who asks for it. */
function asRead(message: Message, args: Json, state: State): Json {
  const whole = args.include_all_metadata === true || args.include_all_metadata === 'true';
  const { metadata } = message;
  return asJson(message, state, whole || !metadata ? metadata : { event_type: metadata.event_type });
}

function between(args: Json): (message: Message) => boolean {
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
  return ({ ts }) => Number(ts) > oldest && Number(ts) < latest;
}

function history(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const found = state.messages
    .seen(channel.id)
    .filter((one) => !one.thread_ts || one.broadcast)
    .filter(between(args))
    .reverse();
  const { items, more } = page(found, args, 100);
  return { messages: items.map((one) => asRead(one, args, state)), ...more };
}

function replies(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const asked = state.messages.find(channel.id, text(args.ts));
  const parent = asked?.thread_ts ? state.messages.find(channel.id, asked.thread_ts) : asked;
  if (!parent) throw new Refusal('thread_not_found');
  const thread = state.messages.replies(channel.id, parent.ts).filter(between(args));
  const { items, more } = page([parent, ...thread], args, 100);
  return { messages: items.map((one) => asRead(one, args, state)), ...more };
}

function info(args: Json, state: State): Json {
  const { id, name, isPrivate, isArchived, isExtShared, isIm, botIsMember, members } = channelOf(args, state);
  if (isPrivate && botIsMember === false) throw new Refusal('channel_not_found');
  if (isIm) return { channel: { id, is_im: true, is_archived: false, user: members?.[0] } };
  return {
    channel: {
      id,
      name,
      is_channel: true,
      is_private: isPrivate ?? false,
      is_archived: isArchived ?? false,
      is_ext_shared: isExtShared ?? false,
      is_member: botIsMember ?? true,
    },
  };
}

function members(args: Json, state: State): Json {
  const { items, more } = page(channelOf(args, state).members ?? [], args, 100);
  return { members: items, ...more };
}

/** With one person; groups of several aren't covered. */
function open(args: Json, state: State): Json {
  const [user = '', ...others] = text(args.users).split(',');
  if (others.length > 0) throw new Refusal('too_many_users');
  const member = state.members.get(user);
  if (!member) throw new Refusal('user_not_found');
  if (member.deleted) throw new Refusal('user_disabled');
  if (member.isBot) throw new Refusal('cannot_dm_bot');
  const known = state.channels.has(`D${user.slice(1)}`);
  const { id } = directMessage(state, user);
  const more = args.return_im === true || args.return_im === 'true' ? { is_im: true, user } : {};
  return { channel: { id, ...more }, ...(known && { no_op: true, already_open: true }) };
}

export const conversations: Record<string, Method> = {
  'conversations.history': { scope: byKind('history'), answer: history },
  'conversations.replies': { scope: byKind('history'), answer: replies },
  'conversations.info': { scope: byKind('read'), answer: info },
  'conversations.members': { scope: byKind('read'), answer: members },
  'conversations.open': { scope: 'im:write', answer: open },
};
