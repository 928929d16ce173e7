import { randomUUID } from 'node:crypto';
import { Refusal } from './answer.ts';
import type { Caller } from './callers.ts';
import type { Estate } from './estate.ts';
import { arnIn } from './home.ts';
import type { Role } from './iam/entities.ts';
import { arnOf } from './iam/iam.ts';
import type { Shape } from './iam/operation.ts';
import { identityOf } from './identity.ts';
import { type Input, invalid, optional, text } from './input.ts';
import type { Session } from './keys.ts';
import { callContext, judge } from './permission.ts';
import { contextOf } from './policy/statement.ts';
import { writeStsRecord } from './sts-record.ts';
import { trustOf } from './trust.ts';

/** A call of AssumeRole. */
export interface Assuming {
  caller: Caller;
  input: Input;
  /** Of the endpoint, which is where the call is recorded. */
  region: string;
  requestId?: string;
}

/** Checks what AWS checks, opens the session, and records the call where AWS does. */
export function assumeRole(estate: Estate, call: Assuming): { session: Session; answer: Shape } {
  const asked = read(call.input);
  const target = estate.account(asked.accountId);
  const role = target?.iam.seen.roles.get(asked.roleName);
  if (!target || !role || arnOf(target.home, 'Role', role) !== asked.roleArn || target.suspended)
    return refuse(estate, call, asked.roleArn, notAllowed(call.caller.arn, asked.roleArn));
  const refusal = refusalOf(estate, target, role, call, asked);
  if (refusal) return refuse(estate, call, asked.roleArn, refusal);
  const session = open(estate, target, role, call.caller, asked);
  const answer = answerOf(target, role, session);
  writeBoth(estate, target, call, answer);
  return { session, answer };
}

interface Asked {
  roleArn: string;
  accountId: string;
  roleName: string;
  sessionName: string;
  seconds: number;
  sourceIdentity?: string;
}

/** Refuses with ValidationError. */
function read(input: Input): Asked {
  const roleArn = text(input, 'RoleArn');
  const sessionName = text(input, 'RoleSessionName');
  const externalId = optional(input, 'ExternalId');
  const seconds = Number(input.DurationSeconds ?? 3600);
  const [, accountId = '', roleName = ''] =
    /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (roleName === '') throw invalid(`${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid(`Invalid RoleSessionName: ${sessionName}`);
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw invalid('Invalid ExternalId');
  if (!(seconds >= 900 && seconds <= 43_200))
    throw invalid(`DurationSeconds ${seconds} is not between 900 and 43200`);
  const sourceIdentity = optional(input, 'SourceIdentity');
  return { roleArn, accountId, roleName, sessionName, seconds, sourceIdentity };
}

function refusalOf(
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

/** A source identity stays through chaining. */
function inherited({ holder }: Caller): string | undefined {
  return holder.is === 'role' ? holder.session.sourceIdentity : undefined;
}

function open(
  { keys, ids, clock }: Estate,
  target: Estate,
  role: Role,
  caller: Caller,
  asked: Asked,
): Session {
  const issuedAt = Math.floor(clock() / 1000) * 1000;
  const { holder } = caller;
  return keys.open({
    accessKeyId: ids.numbered('ASIA'),
    accountId: target.home.accountId,
    of: { role: role.name },
    principalId: role.id,
    sessionName: asked.sessionName,
    sourceIdentity: asked.sourceIdentity ?? inherited(caller),
    mfa: 'session' in holder && holder.session?.mfa === true,
    issuedAt,
    expiresAt: clock() + asked.seconds * 1000,
  });
}

function answerOf(target: Estate, role: Role, session: Session): Shape {
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: 'example-secret',
      SessionToken: `example-session-token-${session.accessKeyId}`,
      Expiration: new Date(session.expiresAt).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${session.sessionName}`,
      Arn: arnIn(target.home, 'sts', `assumed-role/${role.name}/${session.sessionName}`),
    },
    SourceIdentity: session.sourceIdentity,
  };
}

function notAllowed(arn: string, roleArn: string): Refusal {
  const message = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new Refusal('AccessDenied', message, 403);
}

/** The caller's account records it; the role's own account doesn't. */
function refuse(estate: Estate, call: Assuming, roleArn: string, refusal: Refusal): never {
  if (refusal.code === 'AccessDenied')
    writeStsRecord(estate, { action: 'AssumeRole', by: call.caller.actor, ...call, roleArn, refusal });
  throw refusal;
}

/** Across accounts each gets a record of its own, and the role's account is told the caller's account only. */
function writeBoth(estate: Estate, target: Estate, call: Assuming, answer: Shape): void {
  const roleArn = text(call.input, 'RoleArn');
  const shared = target === estate ? undefined : { sharedEventID: randomUUID() };
  const what = { action: 'AssumeRole', ...call, roleArn, answer, over: shared };
  writeStsRecord(estate, { ...what, by: call.caller.actor });
  if (!shared) return;
  const { principalId, accountId } = identityOf(estate, call.caller.actor, estate.clock());
  const userIdentity = { type: 'AWSAccount', principalId, accountId };
  writeStsRecord(target, { ...what, by: call.caller.actor, over: { ...shared, userIdentity } });
}
