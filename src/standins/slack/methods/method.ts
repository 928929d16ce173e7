import { text } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import type { Channel, Json } from '../types.ts';

/** A Web API method: the bot scope it needs, and what it answers besides `ok`. */
export interface Method {
  /** By the kind of channel where that makes a difference. */
  scope?: string | ((args: Json, state: State) => string);
  answer(args: Json, state: State): Json;
}

/** `channels:read`, `groups:read` or `im:read`, as the channel is public, private or a direct message. */
export const byKind =
  (right: 'read' | 'history') =>
  (args: Json, state: State): string => {
    const channel = state.channels.get(text(args.channel));
    return `${channel?.isIm ? 'im' : channel?.isPrivate ? 'groups' : 'channels'}:${right}`;
  };

/** The channel of `args`, where the bot can be. */
export function channelOf(args: Json, state: State): Channel {
  const channel = state.channels.get(text(args.channel));
  if (!channel) throw new Refusal('channel_not_found');
  return channel;
}

export function writableChannel(args: Json, state: State): Channel {
  const channel = channelOf(args, state);
  if (channel.isArchived) throw new Refusal('is_archived');
  if (channel.botIsMember === false) throw new Refusal('not_in_channel');
  return channel;
}
