import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { keepNewest, keepNewestKeys } from './keep.ts';
import { type Messages, newMessages } from './messages.ts';
import type {
  ApiCall,
  Change,
  Channel,
  Member,
  Message,
  SlackOptions,
  StoredFile,
  UserGroup,
  View,
} from './types.ts';

export const BOT_TOKEN = 'xoxb-standin';
export const APP_TOKEN = 'xapp-standin';
export const BOT_USER = 'U0BOT';
export const APP_ID = 'A0GROUPWATCH';

/** Triggers and response URLs that are kept; Slack's live for 3 s and half an hour. */
const KEPT = 10_000;

/** What a trigger opens, and from which view it came. */
export interface Trigger {
  user: string;
  at: number;
  used: boolean;
  viewId?: string;
}

/** Everything that the workspace holds. */
export interface State {
  readonly teamId: string;
  readonly options: SlackOptions;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
  readonly groups: Map<string, UserGroup>;
  readonly messages: Messages;
  /** Stacks of modals, by person. */
  readonly views: Map<string, View[]>;
  /** The Home tab as each person has it. */
  readonly homes: Map<string, View>;
  readonly files: Map<string, StoredFile>;
  /** Uploads that were announced, by file id. */
  readonly uploads: Map<string, { name: string; length: number; altText?: string; bytes?: Buffer }>;
  readonly triggers: Map<string, Trigger>;
  readonly responses: Map<
    string,
    { channel: string; user: string; at: number; uses: number; message?: Message }
  >;
  readonly calls: ApiCall[];
  baseUrl: string;
  note(call: ApiCall): void;
  changed(change: Change): void;
  onChange(listener: (change: Change) => void): () => void;
  nextTs(): string;
}

export function newState(options: SlackOptions): State {
  const bell = new EventEmitter().setMaxListeners(0);
  const calls: ApiCall[] = [];
  const { clock = Date.now } = options;
  let last = 0;
  return {
    teamId: options.teamId ?? 'T0GROUPWATCH',
    options,
    members: new Map(),
    channels: new Map(),
    groups: new Map(),
    messages: newMessages(options.keepMessages),
    views: new Map(),
    homes: new Map(),
    files: new Map(),
    uploads: new Map(),
    triggers: new Map(),
    responses: new Map(),
    calls,
    baseUrl: '',
    note(call) {
      calls.push(call);
      keepNewest(calls, options.keepCalls ?? 10_000);
    },
    changed: (change) => bell.emit('change', change),
    onChange(listener) {
      bell.on('change', listener);
      return () => bell.off('change', listener);
    },
    /** Seconds and microseconds; no two alike. */
    nextTs() {
      last = Math.max(last + 1, clock() * 1000);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
  };
}

/** A trigger for one modal; it works once, for three seconds. */
export function newTrigger(state: State, user: string, viewId?: string): string {
  const id = `${Date.now()}.${randomUUID()}`;
  state.triggers.set(id, { user, at: Date.now(), used: false, viewId });
  keepNewestKeys(state.triggers, KEPT);
  return id;
}

/** An address that takes five answers within half an hour. */
export function newResponseUrl(state: State, channel: string, user: string, message?: Message): string {
  const id = randomUUID();
  state.responses.set(id, { channel, user, at: Date.now(), uses: 0, message });
  keepNewestKeys(state.responses, KEPT);
  return `${state.baseUrl}/response/${id}`;
}

/** The conversation of this person with the bot; made when it isn't there. */
export function directMessage(state: State, user: string): Channel {
  const id = `D${user.slice(1)}`;
  const known = state.channels.get(id);
  if (known) return known;
  const made: Channel = { id, name: '', isIm: true, members: [user] };
  state.channels.set(id, made);
  return made;
}
