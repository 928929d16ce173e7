export type Fields = Record<string, unknown>;

/** The value as an object to look into; an empty one for anything else. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Text that says something; undefined for anything else, the empty string included. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** CloudTrail writes some booleans as the strings "true" and "false". */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/** An id as AWS writes them, which can be a key of a table; anything else isn't one. */
export function id(value: unknown): string | undefined {
  const given = text(value);
  return given && /^[\x21-\x7e]{1,256}$/.test(given) ? given : undefined;
}
