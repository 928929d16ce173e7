import type { CloudTrailEvent } from '../domain/event.ts';
import { aboutOf, type Rule } from './rule.ts';

/**
 * Whom and what a refused call was about. CloudTrail may leave its parameters out; then AWS's message names at least
 * the object: `… on resource: arn:aws:iam::111122223333:group/path/NAME …`, or `… on resource: group NAME …`.
 */
export function attemptedOf(rule: Rule, event: CloudTrailEvent): { subject?: string; object?: string } {
  const { subject, object } = aboutOf(rule, event);
  return { subject, object: object ?? namedInMessage(rule.object.kind, event.errorMessage) };
}

function namedInMessage(kind: string, message = ''): string | undefined {
  const resource = /\bon resource: (\S+)(?: (\S+))?/.exec(message);
  const [, first = '', second] = resource ?? [];
  if (first === kind) return second;
  const [, path] = first.split(`:${kind}/`);
  return first.startsWith('arn:') ? path?.split('/').at(-1) || undefined : undefined;
}

/** AWS refused for want of permission; other failures, such as a group that isn't there, are nobody's attempt to get in. */
export function isDenied({ errorCode = '', errorMessage = '' }: CloudTrailEvent): boolean {
  return (
    /AccessDenied|Unauthori[sz]ed|Forbidden/i.test(errorCode) || /\bnot authorized\b/i.test(errorMessage)
  );
}
