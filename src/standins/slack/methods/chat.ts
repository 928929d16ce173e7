import { checkBlocks } from '../block-kit.ts';
import { isObject, list, object, text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { BOT_USER, type State } from '../state.ts';
import type { Json, Message } from '../types.ts';
import { type Method, writableChannel } from './method.ts';

const bytes = (value: string): number => Buffer.byteLength(value);

function contentOf(args: Json): { text: string; blocks: Json[] } {
  const violations = args.blocks === undefined ? [] : checkBlocks(args.blocks, 'message');
  if (violations.length > 0) {
    const tooLong = violations.some(({ message }) => message.endsWith('characters in all'));
    const messages = violations.map(({ pointer, message }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
    throw new Refusal(tooLong ? 'msg_blocks_too_long' : 'invalid_blocks', {
      response_metadata: { messages },
    });
  }
  return { text: text(args.text), blocks: list(args.blocks).filter(isObject) };
}

function metadataOf(value: unknown): Message['metadata'] {
  const { event_type, event_payload } = object(value);
  if (typeof event_type !== 'string') return undefined;
  if (JSON.stringify(value).length > 8_000) throw new Refusal('metadata_too_large');
  return { event_type, event_payload: object(event_payload) };
}

const shown = ({ ts, text: said, blocks, user, metadata, thread_ts }: Message): Json => ({
  type: 'message',
  ts,
  text: said,
  blocks,
  user,
  metadata,
  thread_ts,
});

function post(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const content = contentOf(args);
  if (!content.text && content.blocks.length === 0) throw new Refusal('no_text');
  const parent = text(args.thread_ts);
  if (parent && !state.messages.some((one) => one.channel === channel.id && one.ts === parent)) {
    throw new Refusal('thread_not_found');
  }
  const message: Message = {
    channel: channel.id,
    ts: state.nextTs(),
    user: BOT_USER,
    edited: 0,
    ...content,
    ...(parent && { thread_ts: parent }),
    metadata: metadataOf(args.metadata),
  };
  state.messages.push(message);
  state.changed({ kind: 'message', channel: channel.id });
  return { channel: channel.id, ts: message.ts, message: shown(message) };
}

function update(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  if (bytes(text(args.text)) > 4_000) throw new Refusal('msg_too_long');
  const message = state.messages.find(
    (one) => one.channel === channel.id && one.ts === args.ts && !one.ephemeralFor,
  );
  if (!message) throw new Refusal('message_not_found');
  if (message.user !== BOT_USER) throw new Refusal('cant_update_message');
  const content = contentOf(args);
  // Text alone takes the blocks away; neither leaves both as they are.
  if (args.text !== undefined || args.blocks !== undefined) Object.assign(message, content);
  if (args.metadata !== undefined) message.metadata = metadataOf(args.metadata);
  message.edited++;
  state.changed({ kind: 'update', channel: channel.id });
  return { channel: channel.id, ts: message.ts, text: message.text, message: shown(message) };
}

function postEphemeral(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const user = text(args.user);
  if (!channel.members?.includes(user)) throw new Refusal('user_not_in_channel');
  const message: Message = {
    channel: channel.id,
    ts: state.nextTs(),
    user: BOT_USER,
    edited: 0,
    ephemeralFor: user,
    ...contentOf(args),
  };
  state.messages.push(message);
  state.changed({ kind: 'ephemeral', channel: channel.id, user });
  return { message_ts: message.ts };
}

export const chat: Record<string, Method> = {
  'chat.postMessage': { scope: 'chat:write', answer: post },
  'chat.update': { scope: 'chat:write', answer: update },
  'chat.postEphemeral': { scope: 'chat:write', answer: postEphemeral },
};
