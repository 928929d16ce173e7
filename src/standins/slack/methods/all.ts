import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import type { Method } from './method.ts';
import { people } from './people.ts';
import { views } from './views.ts';

/** Every method with a bot token. `apps.connections.open`, with an app token, is the server's own. */
export const METHODS: Record<string, Method> = { ...people, ...chat, ...conversations, ...views };

export const ALL_SCOPES: string[] = [
  ...new Set(Object.values(METHODS).flatMap(({ scope }) => scope ?? [])),
  'commands',
  'groups:read',
  'groups:history',
];
