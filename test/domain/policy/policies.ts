import { readDocument } from '../../../src/domain/policy/document.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';

/** A statement as people write it; Allow on everything unless it says otherwise. */
export type Written = Record<string, unknown>;

/** An inline policy of these statements. */
export function policy(...statements: Written[]): Policy {
  return named('test', ...statements);
}

/** The same under a name of its own. */
export function named(name: string, ...statements: Written[]): Policy {
  return { name, document: readDocument({ Version: '2012-10-17', Statement: statements.map(whole) }) };
}

function whole(statement: Written): Written {
  const resource = 'NotResource' in statement || 'Resource' in statement ? {} : { Resource: '*' };
  return { Effect: 'Allow', ...resource, ...statement };
}

/** Allows these actions on everything. */
export const allow = (...actions: string[]): Written => ({ Effect: 'Allow', Action: actions });

/** Refuses these actions on everything. */
export const deny = (...actions: string[]): Written => ({ Effect: 'Deny', Action: actions });

/** The same statement on these resources only. */
export const on = (statement: Written, ...resources: string[]): Written => ({
  ...statement,
  Resource: resources,
});

/** The same statement for sessions with a second factor only. */
export const withMfa = (statement: Written): Written => ({
  ...statement,
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
});

/** What a user may call its own. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: IAM has variables of this form
export const OWN_USER = 'arn:aws:iam::*:user/${aws:username}';
