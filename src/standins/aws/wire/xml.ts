/** What the query protocol's XML can hold; a list becomes `<member>`s. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** The value as XML text, escaped; undefined fields are left out. */
export function xmlOf(value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escaped(String(value));
  if (isList(value)) return value.map((one) => `<member>${xmlOf(one)}</member>`).join('');
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `<${name}>${xmlOf(inner)}</${name}>`)
    .join('');
}

function isList(value: object): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
