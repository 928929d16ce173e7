import { text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import type { Json, Message } from '../types.ts';
import { channelOf, type Method, writableChannel } from './method.ts';

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
function asRead(message: Message, args: Json): Json {
  const whole = args.include_all_metadata === true || args.include_all_metadata === 'true';
  const { channel, edited, ephemeralFor, metadata, ...rest } = message;
  return {
    type: 'message',
    ...rest,
    metadata: whole || !metadata ? metadata : { event_type: metadata.event_type },
  };
}

function between(args: Json): (message: Message) => boolean {
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
  return ({ ts }) => Number(ts) > oldest && Number(ts) < latest;
}

function history(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const found = state.messages
    .filter((one) => one.channel === channel.id && !one.thread_ts && !one.ephemeralFor)
    .filter(between(args))
    .reverse();
  const { items, more } = page(found, args, 100);
  return { messages: items.map((one) => asRead(one, args)), ...more };
}

function replies(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const parent = state.messages.find((one) => one.channel === channel.id && one.ts === args.ts);
  if (!parent) throw new Refusal('thread_not_found');
  const thread = state.messages
    .filter((one) => one.channel === channel.id && one.thread_ts === parent.ts && !one.ephemeralFor)
    .filter(between(args));
  const { items, more } = page([parent, ...thread], args, 100);
  return { messages: items.map((one) => asRead(one, args)), ...more };
}

function info(args: Json, state: State): Json {
  const { id, name, isPrivate, isArchived, isExtShared, botIsMember } = channelOf(args, state);
  if (isPrivate && botIsMember === false) throw new Refusal('channel_not_found');
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

export const conversations: Record<string, Method> = {
  'conversations.history': { scope: 'channels:history', answer: history },
  'conversations.replies': { scope: 'channels:history', answer: replies },
  'conversations.info': { scope: 'channels:read', answer: info },
  'conversations.members': { scope: 'channels:read', answer: members },
};
