import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { ApiCall, Change, Channel, Member, Message, SlackOptions, UserGroup, View } from './types.ts';

export const BOT_TOKEN = 'xoxb-standin';
export const APP_TOKEN = 'xapp-standin';
export const BOT_USER = 'U0BOT';
export const APP_ID = 'A0GROUPWATCH';

/** Everything that the workspace holds. */
export interface State {
  readonly teamId: string;
  readonly options: SlackOptions;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
  readonly groups: Map<string, UserGroup>;
  readonly messages: Message[];
  /** Stacks of modals, by person. */
  readonly views: Map<string, View[]>;
  readonly triggers: Map<string, { user: string; at: number; used: boolean }>;
  readonly responses: Map<
    string,
    { channel: string; user: string; at: number; uses: number; message?: Message }
  >;
  readonly calls: ApiCall[];
  baseUrl: string;
  changed(change: Change): void;
  onChange(listener: (change: Change) => void): () => void;
  nextTs(): string;
}

export function newState(options: SlackOptions): State {
  const bell = new EventEmitter().setMaxListeners(0);
  let last = 0;
  return {
    teamId: options.teamId ?? 'T0GROUPWATCH',
    options,
    members: new Map(),
    channels: new Map(),
    groups: new Map(),
    messages: [],
    views: new Map(),
    triggers: new Map(),
    responses: new Map(),
    calls: [],
    baseUrl: '',
    changed: (change) => bell.emit('change', change),
    onChange(listener) {
      bell.on('change', listener);
      return () => bell.off('change', listener);
    },
    /** Seconds and microseconds; no two alike. */
    nextTs() {
      last = Math.max(last + 1, Date.now() * 1000);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
  };
}

/** A trigger for one modal; it works once, for three seconds. */
export function newTrigger(state: State, user: string): string {
  const id = `${Date.now()}.${randomUUID()}`;
  state.triggers.set(id, { user, at: Date.now(), used: false });
  return id;
}

/** An address that takes five answers within half an hour. */
export function newResponseUrl(state: State, channel: string, user: string, message?: Message): string {
  const id = randomUUID();
  state.responses.set(id, { channel, user, at: Date.now(), uses: 0, message });
  return `${state.baseUrl}/response/${id}`;
}
