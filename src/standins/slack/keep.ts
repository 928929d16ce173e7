/** Drops the oldest of a list, in place, so that it holds `most`. */
export function keepNewest(list: unknown[], most: number): void {
  if (list.length > most) list.splice(0, list.length - most);
}

/** Drops the oldest entries of a map, so that it holds `most`. */
export function keepNewestKeys(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
