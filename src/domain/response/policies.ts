import { type Instant, SECOND } from '../time.ts';

/** AWS's own policy that denies everything; every partition has its copy. */
export const denyAllArn = (partition: string): string => `arn:${partition}:iam::aws:policy/AWSDenyAll`;

/** Names of the inline policies that a response writes; nothing else is ever written inline. */
export const INLINE = {
  denyAll: 'GroupwatchDenyAll',
  olderSessions: 'GroupwatchRevokeOlderSessions',
  /** The name that the console uses as well, so that AWS's own pages say what it is. */
  roleSessions: 'AWSRevokeOlderSessions',
} as const;

/** Denies everything, in as few characters as can be: a user's inline policies have 2,048 together. */
export const DENY_ALL_DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

/** The console dates it so far ahead too: a change of IAM needs some seconds to be known everywhere. */
const AHEAD = 30 * SECOND;

/** The moment before which sessions are refused when they are revoked now; whole seconds. */
export const cutOffAt = (now: Instant): Instant => Math.ceil((now + AHEAD) / SECOND) * SECOND;

/**
 * Denies everything to sessions that were opened before the moment. Calls with long-term keys carry no issue time,
 * so it doesn't hurt them. Source: docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export function olderSessionsDocument(cutOff: Instant): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': withoutFraction(cutOff) } },
      },
    ],
  });
}

/** Whether a document is one of those that `olderSessionsDocument` makes, whatever its date. */
export function isOlderSessionsDocument(document: string): boolean {
  const date = document.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/)?.[0];
  return date !== undefined && sameDocument(document, olderSessionsDocument(Date.parse(date)));
}

/** Whether two documents say the same: IAM gives them back as they were put, but a person may reformat one. */
export function sameDocument(one: string, other: string): boolean {
  return one === other || compact(one) === compact(other);
}

function compact(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document));
  } catch {
    return document;
  }
}

function withoutFraction(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
