import type { Filled, Press, Surroundings } from './draw/surroundings.ts';
import { APP_NAME, APP_USER } from './people.ts';
import type { Store } from './store.ts';

/** The names, files and clock of the page, for what is drawn on it. */
export function surroundings(
  store: Store,
  press: (press: Press) => void,
  filled: { draft?: Map<string, Filled>; problems?: Record<string, string> } = {},
): Surroundings {
  const { seen } = store;
  return {
    me: seen.me,
    reader: () => ({ now: Date.now() }),
    userName: (id) => (id === APP_USER ? APP_NAME : seen.people[id]),
    channelName: (id) => seen.channels.find((one) => one.id === id)?.name,
    groupHandle: (id) => seen.groups[id],
    people: () => Object.entries(seen.people).map(([id, name]) => ({ id, name })),
    file: (id) => {
      const file = seen.messages.flatMap(({ files }) => files).find((one) => one.id === id);
      return { name: id, title: id, size: 0, ...file, url: `/files/${id}` };
    },
    press,
    draft: filled.draft ?? new Map(),
    problems: filled.problems ?? {},
  };
}
