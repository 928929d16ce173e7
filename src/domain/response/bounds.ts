import type { Operation } from './action.ts';
import { INLINE } from './policies.ts';

/**
 * Why an operation must never be sent, whatever a plan says. Plans are read back from the database, so whoever can
 * write there could plan anything; this is the last look. IAM's own conditions can't bound inline policies.
 */
export function outOfBounds(operation: Operation): string | undefined {
  switch (operation.call) {
    case 'AttachUserPolicy':
    case 'DetachUserPolicy':
      return /^arn:[\w-]+:iam::aws:policy\/AWSDenyAll$/.test(operation.policyArn)
        ? undefined
        : `only AWSDenyAll is attached and detached, not ${operation.policyArn}`;
    case 'PutUserPolicy':
    case 'PutRolePolicy':
      return (
        notOurs(operation) ??
        (onlyDenies(operation.document) ? undefined : 'only policies that deny are written')
      );
    case 'DeleteUserPolicy':
    case 'DeleteRolePolicy':
      return notOurs(operation);
    default:
      return undefined;
  }
}

const NAMES: Record<'user' | 'role', readonly string[]> = {
  user: [INLINE.denyAll, INLINE.olderSessions],
  role: [INLINE.roleSessions],
};

function notOurs(operation: Extract<Operation, { policyName: string }>): string | undefined {
  const names = NAMES['role' in operation ? 'role' : 'user'];
  return names.includes(operation.policyName)
    ? undefined
    : `${operation.policyName} is not an inline policy of Groupwatch`;
}

function onlyDenies(document: string): boolean {
  try {
    const { Statement }: { Statement?: unknown } = JSON.parse(document);
    const statements = Array.isArray(Statement) ? Statement : [Statement];
    return statements.length > 0 && statements.every(isDeny);
  } catch {
    return false;
  }
}

function isDeny(statement: unknown): boolean {
  return (
    typeof statement === 'object' &&
    statement !== null &&
    'Effect' in statement &&
    statement.Effect === 'Deny'
  );
}
