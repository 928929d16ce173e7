/** How IAM's lists go on. */
export interface Page {
  IsTruncated?: boolean;
  Marker?: string;
}

/** Every page of one of IAM's lists, to the end. Throws when AWS breaks a list off without a marker to go on by. */
export async function everyPage<Answer extends Page, Item>(
  ask: (marker: string | undefined) => Promise<Answer>,
  itemsOf: (answer: Answer) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let marker: string | undefined;
  do {
    const answer = await ask(marker);
    items.push(...(itemsOf(answer) ?? []));
    marker = answer.IsTruncated ? given(answer.Marker, 'Marker') : undefined;
    if (marker !== undefined && seen.has(marker)) throw new Error('AWS gave the same marker twice');
    seen.add(marker ?? '');
  } while (marker !== undefined);
  return items;
}

/** A field that AWS always fills. Throws, by its name, when it doesn't. */
export function given<T>(value: T | undefined | null, field: string): T {
  if (value === undefined || value === null) throw new Error(`AWS left out ${field}`);
  return value;
}
