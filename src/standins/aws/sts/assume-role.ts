import { randomUUID } from 'node:crypto';
import type { Caller } from '../callers.ts';
import type { Estate } from '../estate.ts';
import { arnIn } from '../home.ts';
import type { Role } from '../iam/entities.ts';
import { arnOf } from '../iam/iam.ts';
import type { Shape } from '../iam/operation.ts';
import { identityOf } from '../identity.ts';
import type { Session } from '../keys.ts';
import type { Refusal } from '../wire/answer.ts';
import { text } from '../wire/input.ts';
import { type Asked, type Assuming, readAssuming } from './assuming.ts';
import { inherited, notAllowed, refusalOf } from './may-assume.ts';
import { writeStsRecord } from './sts-record.ts';

/** Checks what AWS checks, opens the session, and records the call where AWS does. */
export function assumeRole(estate: Estate, call: Assuming): { session: Session; answer: Shape } {
  const asked = readAssuming(call.input);
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
