import { sameName } from './holds.ts';

/** What is looked at to tell whether a user or role is out of bounds. */
export interface Principal {
  arn: string;
  tags: Record<string, string>;
}

/** Tags that protect a user or role when their value is `true`. */
export const PROTECTING_TAGS = ['groupwatch-protected', 'protected'] as const;

/** Whether a text is the ARN of IAM users or roles, `*` for any text: nothing else can be acted on. */
export function isPrincipalPattern(arn: string): boolean {
  return /^arn:aws[a-z-]*:iam::(\d{12}|\*):(\*|root|(user|role)[\w+=,.@/*-]*)$/.test(arn);
}

/**
 * Why no action may touch a user or role, or nothing. Names in IAM are unique whatever their letter case, and so are
 * the keys of its tags; so case is never a way around a protection.
 */
export function protectionOf({ arn, tags }: Principal, patterns: readonly string[]): string | undefined {
  if (/^[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:root$/.test(arn)) return 'the root user can only be secured by hand';
  if (arn.includes(':role/aws-service-role/')) return 'service-linked roles belong to AWS';
  if (arn.includes(':role/aws-reserved/'))
    return "Identity Center's roles are changed in Identity Center only";
  const pattern = patterns.find((one) => matches(one, arn));
  if (pattern) return `PROTECTED_PRINCIPALS has ${pattern}`;
  const tag = Object.entries(tags).find(([key, value]) => isProtecting(key, value));
  return tag && `it has the tag ${tag[0]}=${tag[1]}`;
}

function isProtecting(key: string, value: string): boolean {
  return PROTECTING_TAGS.some((one) => sameName(one, key)) && sameName(value.trim(), 'true');
}

/** `*` stands for any text, `/` and nothing included, as in IAM's own patterns. */
function matches(pattern: string, arn: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(arn);
}

/**
 * Whether a principal is the one that a caller's ARN stands for: itself, or the role of its session. An assumed
 * role's ARN leaves the role's path out.
 */
export function isSamePrincipal(arn: string, caller: string): boolean {
  if (sameName(arn, caller)) return true;
  const session = caller.match(/^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\//);
  const role = arn.match(/^arn:[^:]+:iam::(\d+):role\/(?:.*\/)?([^/]+)$/);
  return (
    session?.[1] !== undefined && session[1] === role?.[1] && sameName(session[2] ?? '', role?.[2] ?? '')
  );
}
