/** Patterns, and whether what they don't match is meant (`NotAction` and its like). */
export interface Patterns {
  not: boolean;
  patterns: readonly string[];
}

/** One line of a Condition block. */
export interface Condition {
  operator: string;
  key: string;
  values: readonly string[];
}

/** A statement of a policy, with what may be one or many as many. */
export interface Statement {
  sid?: string;
  effect: 'Allow' | 'Deny';
  actions: Patterns;
  resources: Patterns;
  /** Of a trust policy only: by kind of principal, as in `AWS` and `Service`; `*` alone is kind `AWS`. */
  principals?: { not: boolean; by: Readonly<Record<string, readonly string[]>> };
  conditions: readonly Condition[];
}

/** Values of condition keys, which are written in small letters here: AWS compares them so. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** Entries as a context; undefined ones are left out, and of two with the same key the later one holds. */
export function contextOf(
  ...parts: readonly Readonly<Record<string, string | readonly string[] | undefined>>[]
): Context {
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, value] of parts.flatMap((part) => Object.entries(part)))
    if (value !== undefined) context[key.toLowerCase()] = value;
  return context;
}
