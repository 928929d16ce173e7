import { text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { BOT_USER, directMessage, type State } from '../state.ts';
import type { Json, Message } from '../types.ts';
import { asJson, contentOf, metadataOf } from './content.ts';
import { channelOf, type Method, writableChannel } from './method.ts';

const isTrue = (value: unknown): boolean => value === true || value === 'true';
const bytes = (value: string): number => Buffer.byteLength(value);

/** A person's id opens the conversation with them. */
function address(args: Json, state: State): Json {
  const to = text(args.channel);
  if (!/^[UW]/.test(to)) return args;
  if (!state.members.has(to)) throw new Refusal('channel_not_found');
  return { ...args, channel: directMessage(state, to).id };
}

function parentOf(args: Json, channel: string, state: State): Pick<Message, 'thread_ts'> {
  const parent = text(args.thread_ts);
  if (!parent) return {};
  const found = state.messages.find(channel, parent);
  if (!found || found.ephemeralFor) throw new Refusal('thread_not_found');
  return { thread_ts: found.thread_ts ?? parent };
}

function post(given: Json, state: State): Json {
  const args = address(given, state);
  const channel = writableChannel(args, state);
  const content = contentOf(args, state);
  if (!content.text && content.blocks.length === 0 && !content.attachments) throw new Refusal('no_text');
  const message: Message = {
    channel: channel.id,
    ts: state.nextTs(),
    user: BOT_USER,
    edited: 0,
    ...content,
    ...parentOf(args, channel.id, state),
    ...(args.thread_ts && isTrue(args.reply_broadcast) ? { broadcast: true } : {}),
    verbatim: args.parse === 'none',
    metadata: metadataOf(args.metadata),
  };
  state.messages.add(message);
  state.changed({ kind: 'message', channel: channel.id, ts: message.ts });
  return { channel: channel.id, ts: message.ts, message: asJson(message, state) };
}

function ownMessage(channel: string, ts: unknown, state: State, refusal: string): Message {
  const message = state.messages.find(channel, text(ts));
  if (!message || message.ephemeralFor) throw new Refusal('message_not_found');
  if (message.user !== BOT_USER) throw new Refusal(refusal);
  return message;
}

function update(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  if (bytes(text(args.text)) > 4_000) throw new Refusal('msg_too_long');
  const message = ownMessage(channel.id, args.ts, state, 'cant_update_message');
  const { attachments, ...content } = contentOf(args, state);
  // Text alone takes the blocks away; neither leaves both as they are. Attachments stay unless sent anew.
  if (args.text !== undefined || args.blocks !== undefined) Object.assign(message, content);
  if (args.attachments !== undefined) message.attachments = attachments;
  message.verbatim = args.parse === 'none';
  if (args.metadata !== undefined) message.metadata = metadataOf(args.metadata);
  message.edited++;
  state.changed({ kind: 'update', channel: channel.id, ts: message.ts });
  return { channel: channel.id, ts: message.ts, text: message.text, message: asJson(message, state) };
}

/** Where there are replies a line stays in its place, as in Slack. */
function remove(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const message = ownMessage(channel.id, args.ts, state, 'cant_delete_message');
  if (state.messages.replies(channel.id, message.ts).length === 0) {
    state.messages.remove(channel.id, message.ts);
  } else {
    const gone = { text: 'This message was deleted.', blocks: [], attachments: undefined, files: undefined };
    Object.assign(message, gone, { user: 'USLACKBOT', metadata: undefined });
  }
  state.changed({ kind: 'delete', channel: channel.id, ts: message.ts });
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(args: Json, state: State): Json {
  const channel = writableChannel(args, state);
  const user = text(args.user);
  if (!channel.members?.includes(user)) throw new Refusal('user_not_in_channel');
  if (bytes(text(args.text)) > 4_000) throw new Refusal('msg_too_long');
  const message: Message = {
    channel: channel.id,
    ts: state.nextTs(),
    user: BOT_USER,
    edited: 0,
    ephemeralFor: user,
    ...contentOf(args, state),
    ...parentOf(args, channel.id, state),
    verbatim: args.parse === 'none',
  };
  state.messages.add(message);
  state.changed({ kind: 'ephemeral', channel: channel.id, ts: message.ts, user });
  return { message_ts: message.ts };
}

function permalink(args: Json, state: State): Json {
  const channel = channelOf(args, state);
  const message = state.messages.find(channel.id, text(args.message_ts));
  if (!message || message.ephemeralFor) throw new Refusal('message_not_found');
  const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const path = `${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink: `https://standin.slack.com/archives/${path}${thread}` };
}

export const chat: Record<string, Method> = {
  'chat.postMessage': { scope: 'chat:write', answer: post },
  'chat.update': { scope: 'chat:write', answer: update },
  'chat.delete': { scope: 'chat:write', answer: remove },
  'chat.postEphemeral': { scope: 'chat:write', answer: postEphemeral },
  'chat.getPermalink': { answer: permalink },
};
