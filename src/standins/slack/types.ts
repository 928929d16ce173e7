/** A block, element or view as JSON; its shape is what `block-kit.ts` checks. */
export type Json = Record<string, unknown>;

export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  user: string;
  text: string;
  blocks: Json[];
  /** Bars of colour with blocks beside them. */
  attachments?: Json[];
  /** A reply that the whole channel sees as well. */
  broadcast?: boolean;
  /** Ids of what was uploaded with it. */
  files?: string[];
  metadata?: { event_type: string; event_payload: Json };
  /** Sent with `parse: none`: nothing in its text becomes a link or a mention by itself. */
  verbatim?: boolean;
  /** How often it was updated. */
  edited: number;
  /** Whom alone it is shown to. */
  ephemeralFor?: string;
}

export interface Member {
  id: string;
  name: string;
  email?: string;
  teamId?: string;
  /** IANA name of the time zone; UTC unless said. */
  tz?: string;
  isBot?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isStranger?: boolean;
  deleted?: boolean;
}

export interface Channel {
  id: string;
  name: string;
  members?: string[];
  isPrivate?: boolean;
  isArchived?: boolean;
  isExtShared?: boolean;
  /** A conversation of one person with the bot. */
  isIm?: boolean;
  /** Whether the bot is in it; it is, unless told otherwise. */
  botIsMember?: boolean;
}

export interface UserGroup {
  id: string;
  handle: string;
  users: string[];
}

/** What was uploaded, and how it is shown. */
export interface StoredFile {
  id: string;
  name: string;
  title: string;
  altText?: string;
  bytes: Buffer;
}

export interface View extends Json {
  id: string;
  hash: string;
  type: string;
  callback_id: string;
  private_metadata: string;
  blocks: Json[];
}

export interface ApiCall {
  method: string;
  args: Json;
  at: number;
  error?: string;
}

/** Something that a page may want to show anew. */
export interface Change {
  kind: 'message' | 'update' | 'delete' | 'ephemeral' | 'view' | 'home' | 'trouble';
  channel?: string;
  /** Which message. */
  ts?: string;
  user?: string;
  /** In words, what went wrong on purpose. */
  what?: string;
}

export interface SlackOptions {
  port?: number;
  teamId?: string;
  /** Requests to the app instead of sockets. */
  http?: { url: string; signingSecret: string };
  /** One message a second and channel, after a burst of three; 429 otherwise. On unless turned off. */
  enforceRate?: boolean;
  /** Bot scopes that were granted. */
  scopes?: string[];
  /** How long a trigger lives: 3,000 ms, as in Slack. */
  triggerMs?: number;
  /** How long the app has for its ack: 3,000 ms, as in Slack. */
  patienceMs?: number;
  /** When an event without an ack comes again: at once, after a minute, after five (D:apis/events-api). */
  retryEventsMs?: number[];
  /** Whether the app has a Home tab. It has, unless told otherwise. */
  homeTab?: boolean;
  /** How long a socket waits for its hello. */
  helloMs?: number;
  /** How long TCP stays open after the close frame was answered; Slack leaves it for some seconds. */
  lingerMs?: number;
  /** How many of the last calls are kept: 10,000. */
  keepCalls?: number;
  /** How many of a channel's newest messages are kept: all. */
  keepMessages?: number;
}
