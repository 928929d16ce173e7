import { type Document, readDocument } from './document.ts';

/**
 * Policies of AWS whose power is known without their text. Only what decides the verdict is here, and it is used
 * only when the document couldn't be read.
 * Source: docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const KNOWN: Record<string, object> = {
  AdministratorAccess: { Effect: 'Allow', Action: '*', Resource: '*' },
  IAMFullAccess: { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
  PowerUserAccess: { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
  AWSDenyAll: { Effect: 'Deny', Action: '*', Resource: '*' },
};

/** What a policy of AWS is known to say, in any partition; undefined for all that isn't known by heart. */
export function knownDocument(arn: string | undefined): Document | undefined {
  const name = /^arn:aws(?:-[a-z-]+)?:iam::aws:policy\/(\w+)$/.exec(arn ?? '')?.[1] ?? '';
  return Object.hasOwn(KNOWN, name) ? readDocument({ Statement: KNOWN[name] }) : undefined;
}
