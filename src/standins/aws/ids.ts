import { exampleId, type IdPrefix } from './home.ts';

/** Draws ids: from the name, so that runs repeat, and yet new at every creation. */
export interface Ids {
  principal(prefix: IdPrefix, name: string): string;
  /** Of keys and other credentials, counted. */
  numbered(prefix: string): string;
}

/** Ids of a whole world: no two accounts draw the same. Numbers start above those that fixtures use. */
export function newIds(): Ids {
  const drawn = new Set<string>();
  const counts = new Map<string, number>();
  return {
    principal: (prefix, name) => {
      const first = exampleId(prefix, name);
      let id = first;
      for (let n = 2; drawn.has(id); n++) id = `${first}${n}`;
      drawn.add(id);
      return id;
    },
    numbered: (prefix) => {
      const count = (counts.get(prefix) ?? 100) + 1;
      counts.set(prefix, count);
      return `${prefix}EXAMPLE${count}`;
    },
  };
}
