import { meets } from './conditions.ts';
import { matchesArn, matchesGlob } from './glob.ts';
import type { Context, Statement } from './statement.ts';

/** A call, as policies see it. */
export interface PolicyRequest {
  /** `iam:CreateUser` */
  action: string;
  /** ARN, or `*` for actions that know no resources. */
  resource: string;
  context: Context;
}

/** A policy that takes part in a decision. */
export interface NamedPolicy {
  name: string;
  statements: readonly Statement[];
}

/** What the policies say; of a refusal, whether one says so explicitly, and in which kind of policy. */
export type Decision =
  | { is: 'allowed'; by: string }
  | { is: 'denied'; explicit: boolean; in: 'identity-based policy' | 'permissions boundary'; by?: string };

/**
 * An explicit deny anywhere wins; then an identity policy must allow, and the boundary, if there is one, as well.
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(
  policies: { identity: readonly NamedPolicy[]; boundary?: NamedPolicy },
  request: PolicyRequest,
): Decision {
  const saying = (effect: Statement['effect'], among: readonly NamedPolicy[]) =>
    among.find(({ statements }) => statements.some((one) => one.effect === effect && applies(one, request)));
  const bounds = policies.boundary ? [policies.boundary] : [];
  const identityDeny = saying('Deny', policies.identity);
  if (identityDeny)
    return { is: 'denied', explicit: true, in: 'identity-based policy', by: identityDeny.name };
  const boundDeny = saying('Deny', bounds);
  if (boundDeny) return { is: 'denied', explicit: true, in: 'permissions boundary', by: boundDeny.name };
  const allow = saying('Allow', policies.identity);
  if (!allow) return { is: 'denied', explicit: false, in: 'identity-based policy' };
  if (policies.boundary && !saying('Allow', bounds))
    return { is: 'denied', explicit: false, in: 'permissions boundary' };
  return { is: 'allowed', by: allow.name };
}

/** Whether a statement speaks of this call. */
export function applies(statement: Statement, { action, resource, context }: PolicyRequest): boolean {
  const { actions, resources, conditions } = statement;
  const named = actions.patterns.some((one) => matchesGlob(one, action, { ignoreCase: true }));
  const meant = resources.patterns.some((one) => matchesArn(one, resource, context));
  return named !== actions.not && meant !== resources.not && conditions.every((one) => meets(one, context));
}
