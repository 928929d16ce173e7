import type { Caller } from './callers.ts';
import type { Estate } from './estate.ts';
import type { Holder } from './holder.ts';
import type { Home } from './home.ts';
import { decideFor } from './iam/access.ts';
import { iamKeys } from './iam/condition-keys.ts';
import type { Tags } from './iam/entities.ts';
import { arnOf } from './iam/iam.ts';
import { isoSeconds } from './iam/shapes.ts';
import type { Target } from './iam/target.ts';
import type { Decision, PolicyRequest } from './policy/decide.ts';
import { type Context, contextOf } from './policy/statement.ts';
import { Refusal } from './wire/answer.ts';
import { type Input, optional, structures } from './wire/input.ts';

const UNASKED: Decision = { is: 'denied', explicit: false, in: 'identity-based policy' };

/** Whether the holder of the credentials may make the call now, as far as IAM has taken in what was written. */
export function judge(
  { iam, home }: Estate,
  holder: Holder,
  { action, resource, context }: PolicyRequest,
): Decision {
  if (holder.is === 'operator' || action.toLowerCase() === 'sts:getcalleridentity')
    return { is: 'allowed', by: holder.is };
  if (holder.is === 'invalid' || holder.is === 'expired') return UNASKED;
  const request = { action, resource, context: { ...context, ...holderContext(home, holder) } };
  if (holder.is === 'role') return decideFor(iam.seen, 'Role', holder.role.name, request);
  return barred(holder, action) ? UNASKED : decideFor(iam.seen, 'User', holder.user.name, request);
}

/**
 * GetSessionToken's sessions can't call IAM without MFA, and of STS only AssumeRole and GetCallerIdentity.
 * docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
function barred({ session }: Extract<Holder, { is: 'user' }>, action: string): boolean {
  if (!session || session.console) return false;
  const [service, name] = action.toLowerCase().split(':');
  return (service === 'iam' && !session.mfa) || (service === 'sts' && name !== 'assumerole');
}

/** docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: of the principal. */
function holderContext(home: Home, holder: Extract<Holder, { is: 'user' | 'role' }>): Context {
  const { session } = holder;
  const of =
    holder.is === 'user'
      ? { kind: 'User' as const, entity: holder.user, type: 'User', userid: holder.user.id }
      : {
          kind: 'Role' as const,
          entity: holder.role,
          type: 'AssumedRole',
          userid: `${holder.role.id}:${holder.session.sessionName}`,
        };
  return contextOf(
    {
      'aws:PrincipalArn': arnOf(home, of.kind, of.entity),
      'aws:PrincipalAccount': home.accountId,
      'aws:PrincipalType': of.type,
      'aws:userid': of.userid,
      'aws:username': holder.is === 'user' ? holder.user.name : undefined,
    },
    tagged('aws:PrincipalTag', of.entity.tags),
    session
      ? {
          'aws:TokenIssueTime': isoSeconds(session.issuedAt),
          'aws:MultiFactorAuthPresent': String(session.mfa),
          'aws:SourceIdentity': session.sourceIdentity,
        }
      : {},
  );
}

/** Of the call: when, from where, on what, and what it asks for. */
export function callContext(
  call: { at: number; region: string; sourceIp?: string; userAgent?: string },
  { tags = {} }: Pick<Target, 'tags'> = {},
  input: Input = {},
): Context {
  const asked = structures(input, 'Tags').map((tag) => [
    optional(tag, 'Key') ?? '',
    optional(tag, 'Value') ?? '',
  ]);
  return contextOf(
    {
      'aws:CurrentTime': isoSeconds(call.at),
      'aws:EpochTime': String(Math.floor(call.at / 1000)),
      'aws:RequestedRegion': call.region,
      'aws:SourceIp': call.sourceIp,
      'aws:UserAgent': call.userAgent,
      'aws:SecureTransport': 'true',
      'aws:ViaAWSService': 'false',
      'aws:TagKeys': asked.length > 0 ? asked.map(([key = '']) => key) : undefined,
    },
    tagged('aws:RequestTag', Object.fromEntries(asked)),
    tagged('aws:ResourceTag', tags),
    tagged('iam:ResourceTag', tags),
  );
}

/** Throws AccessDenied unless the caller may do this to the target now. */
export function permitIam(estate: Estate, { holder, arn, actor }: Caller, name: string) {
  return (target: Target, input: Input): void => {
    const action = `iam:${name}`;
    // IAM is global: aws:RequestedRegion is where it is at home.
    const call = { at: estate.clock(), region: estate.home.region, ...actor };
    const context = contextOf(callContext(call, target, input), iamKeys(name, target, input));
    const decision = judge(estate, holder, { action, resource: target.arn, context });
    if (decision.is === 'denied') throw accessDenied(arn, action, target.named, decision);
  };
}

/** AWS's words: docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function accessDenied(
  arn: string,
  action: string,
  named: string,
  decision: Extract<Decision, { is: 'denied' }>,
): Refusal {
  const article = decision.in === 'identity-based policy' ? 'an' : 'a';
  const why = decision.explicit
    ? `with an explicit deny in ${article} ${decision.in}`
    : `because no ${decision.in} allows the ${action} action`;
  return new Refusal(
    'AccessDenied',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${named} ${why}`,
    403,
  );
}

function tagged(prefix: string, tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));
}
