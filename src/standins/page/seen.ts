import { basename } from 'node:path';
import type { Message } from '../slack/types.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import type { SeenChannel, SeenFile, SeenMessage, SeenViews } from './wire.ts';

/** Channels this person is in, public ones first, the conversation with the app last. */
export function channelsOf(slack: SlackStandIn, me: string): SeenChannel[] {
  const mine = [...slack.channels.values()].filter(({ members = [] }) => members.includes(me));
  return mine
    .toSorted((a, b) => Number(a.isIm ?? false) - Number(b.isIm ?? false))
    .map(({ id, name, isIm = false, isPrivate = false, members = [] }) => ({
      id,
      name,
      isIm,
      isPrivate,
      members,
    }));
}

/** Everything in these channels that this person sees, oldest first. */
export function messagesOf(slack: SlackStandIn, me: string): SeenMessage[] {
  const shared = channelsOf(slack, me).flatMap(({ id }) => slack.messages(id));
  return [...shared, ...slack.person(me).ephemerals()]
    .toSorted((a, b) => (a.ts < b.ts ? -1 : 1))
    .map((one) => seen(slack, one));
}

/** Whether this person sees a message: a member does, unless it is for somebody else alone. */
export function sees(slack: SlackStandIn, me: string, message: Message): boolean {
  if (message.ephemeralFor) return message.ephemeralFor === me;
  return slack.channels.get(message.channel)?.members?.includes(me) ?? false;
}

export function seen(slack: SlackStandIn, message: Message): SeenMessage {
  const { channel, ts, thread_ts, user, text, blocks, attachments = [], files = [] } = message;
  return {
    channel,
    ts,
    ...(thread_ts && { thread_ts }),
    user,
    text,
    verbatim: message.verbatim === true,
    blocks,
    attachments,
    files: files.flatMap((id) => fileOf(slack, id) ?? []),
    private: message.ephemeralFor !== undefined,
  };
}

function fileOf(slack: SlackStandIn, id: string): SeenFile | undefined {
  const file = slack.file(id);
  if (!file) return undefined;
  const { name, title, altText, bytes } = file;
  return { id, name: basename(name), title, ...(altText && { altText }), size: bytes.length };
}

export function viewsOf(slack: SlackStandIn, me: string): SeenViews {
  const person = slack.person(me);
  const home = person.home();
  return { stack: person.views(), errors: person.errors(), ...(home && { home }) };
}
