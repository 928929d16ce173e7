/** One page of any of IAM's lists. */
interface Page {
  IsTruncated?: boolean;
  Marker?: string;
}

/** Reads a list of IAM to its end. An empty page isn't the end; only `IsTruncated` tells. */
export async function everyPage<P extends Page, Item>(
  ask: (marker: string | undefined) => Promise<P>,
  itemsOf: (page: P) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  let marker: string | undefined;
  do {
    const page = await ask(marker);
    items.push(...(itemsOf(page) ?? []));
    if (page.IsTruncated && !page.Marker)
      throw new Error('IAM says that there is more, but not where it goes on');
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker !== undefined);
  return items;
}
