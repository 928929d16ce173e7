import type { Caller } from '../callers.ts';
import type { Estate } from '../estate.ts';
import type { Role } from '../iam/entities.ts';
import { arnOf } from '../iam/iam.ts';
import { callContext, judge } from '../permission.ts';
import { contextOf } from '../policy/statement.ts';
import { Refusal } from '../wire/answer.ts';
import { invalid, optional } from '../wire/input.ts';
import type { Asked, Assuming } from './assuming.ts';
import { trustOf } from './trust.ts';

/** Why the role can't be assumed so: its durations, its trust policy, or the caller's own policies. */
export function refusalOf(
  estate: Estate,
  target: Estate,
  role: Role,
  { caller, input, region }: Assuming,
  asked: Asked,
): Refusal | undefined {
  const { actor, arn, holder } = caller;
  const chained = holder.is === 'role';
  if (chained && asked.seconds > 3600)
    return invalid(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  if (asked.seconds > role.maxSeconds)
    return invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  const at = estate.clock();
  const context = contextOf(callContext({ at, region, ...actor }, { tags: role.tags }), {
    'sts:ExternalId': optional(input, 'ExternalId'),
    'sts:RoleSessionName': asked.sessionName,
    'sts:SourceIdentity': asked.sourceIdentity,
    'aws:PrincipalArn': holder.is === 'role' ? arnOf(estate.home, 'Role', holder.role) : arn,
    'aws:PrincipalAccount': estate.home.accountId,
    'aws:PrincipalOrgID': ORGANIZATION,
  });
  const party = { home: estate.home, holder, arn };
  const trust = trustOf(role.trust, 'sts:AssumeRole', party, context);
  const sourceIdentity = asked.sourceIdentity ?? inherited(caller);
  const named =
    sourceIdentity === undefined || trustOf(role.trust, 'sts:SetSourceIdentity', party, context) !== 'none';
  const kept = inherited(caller) === undefined || inherited(caller) === sourceIdentity;
  if (trust === 'none' || !named || !kept) return notAllowed(arn, asked.roleArn);
  if (!estate.knobs.enforcePermissions) return undefined;
  const request = { action: 'sts:AssumeRole', resource: asked.roleArn, context };
  const decision = judge(estate, holder, request);
  const enough = trust === 'named' && target === estate;
  return decision.is === 'allowed' || (enough && !decision.explicit)
    ? undefined
    : notAllowed(arn, asked.roleArn);
}

/** The organization that all accounts of an endpoint are in. */
const ORGANIZATION = 'o-example0001';

/** The source identity that a session has, which stays through chaining. */
export function inherited({ holder }: Caller): string | undefined {
  return holder.is === 'role' ? holder.session.sourceIdentity : undefined;
}

/** As STS words it, whatever the reason is. */
export function notAllowed(arn: string, roleArn: string): Refusal {
  const message = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new Refusal('AccessDenied', message, 403);
}
