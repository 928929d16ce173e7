import type { Context } from './statement.ts';

const SPECIAL: Record<string, string> = { '*': '*', '?': '?', $: '$' };

/**
 * Whether the text matches a pattern with `*` and `?`, in which `${aws:username}` and its like stand for what the
 * context says, letter by letter. False when the context doesn't say.
 */
export function matchesGlob(
  pattern: string,
  text: string,
  { ignoreCase = false, context = {} }: { ignoreCase?: boolean; context?: Context } = {},
): boolean {
  const filled = expressionOf(pattern, context);
  return filled !== undefined && new RegExp(`^${filled}$`, ignoreCase ? 'is' : 's').test(text);
}

/** The text with its variables filled in; undefined when the context doesn't say. */
export function filledIn(text: string, context: Context): string | undefined {
  return joined(text, context, (plain) => plain);
}

function expressionOf(pattern: string, context: Context): string | undefined {
  const asExpression = (glob: string) =>
    glob
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.');
  return joined(pattern, context, asExpression, (value) => value.replace(/[\\^$.|+()[\]{}*?]/g, '\\$&'));
}

/** Every second part of the split is a variable's name. */
function joined(
  text: string,
  context: Context,
  plainly: (plain: string) => string,
  literally: (value: string) => string = (value) => value,
): string | undefined {
  const parts = text.split(/\$\{([^}]+)\}/);
  const filled = parts.map((part, index) => {
    if (index % 2 === 0) return plainly(part);
    const value = SPECIAL[part] ?? context[part.toLowerCase()];
    return typeof value === 'string' ? literally(value) : undefined;
  });
  return filled.includes(undefined) ? undefined : filled.join('');
}

/** ARNs match part by part, so that a `*` doesn't reach over a colon before the resource; `*` alone is anything. */
export function matchesArn(pattern: string, arn: string, context: Context): boolean {
  if (pattern === '*') return true;
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  if (wanted.length !== given.length) return false;
  return wanted.every((part, index) => matchesGlob(part, given[index] ?? '', { context }));
}

/** Six parts; colons within `${…}` separate nothing. */
function partsOf(arn: string): string[] {
  const parts = arn.replace(/\$\{[^}]*\}/g, (variable) => variable.replaceAll(':', '\0')).split(':');
  const six = parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
  return six.map((part) => part.replaceAll('\0', ':'));
}
