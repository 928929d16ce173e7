import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { Method } from './method.ts';
import { people } from './people.ts';
import { views } from './views.ts';

/** Every method with a bot token. `apps.connections.open`, with an app token, is the server's own. */
export const METHODS: Record<string, Method> = { ...people, ...chat, ...conversations, ...files, ...views };

/** Every bot scope that some method here needs, and `commands`. */
export const ALL_SCOPES: string[] = [
  ...new Set(Object.values(METHODS).flatMap(({ scope }) => (typeof scope === 'string' ? scope : []))),
  ...['channels', 'groups', 'im'].flatMap((kind) => [`${kind}:read`, `${kind}:history`]),
  'commands',
];
