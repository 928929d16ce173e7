/** A block, element or view as JSON; its shape is what `block-kit.ts` checks. */
export type Json = Record<string, unknown>;

export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  user: string;
  text: string;
  blocks: Json[];
  metadata?: { event_type: string; event_payload: Json };
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
  /** Whether the bot is in it; it is, unless told otherwise. */
  botIsMember?: boolean;
}

export interface UserGroup {
  id: string;
  handle: string;
  users: string[];
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
  kind: 'message' | 'update' | 'ephemeral' | 'view';
  channel?: string;
  user?: string;
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
}
