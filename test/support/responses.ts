import type { Operation } from '../../src/domain/response/action.ts';
import { credentialsOf } from '../../src/domain/response/holds.ts';
import type { ResponseRequest, Step } from '../../src/domain/response/request.ts';
import type { Credential, RoleSnapshot, UserSnapshot } from '../../src/domain/response/snapshot.ts';

export const ACCOUNT = '111122223333';
export const NOW = Date.UTC(2026, 10, 24, 12);
export const ADMINS = { name: 'admins', id: 'AGPAEXAMPLE01', createdAt: Date.UTC(2026, 0, 1) };
export const DENY = 'arn:aws:iam::aws:policy/AWSDenyAll';

export const credential = (id: string, status: Credential['status'] = 'Active'): Credential => ({
  id,
  status,
});

/** An IAM user with one of each credential, and what a test wants different. */
export function aUser(different: Partial<UserSnapshot> = {}): UserSnapshot {
  return {
    takenAt: NOW,
    user: 'bob',
    userId: 'AIDAEXAMPLE01',
    arn: `arn:aws:iam::${ACCOUNT}:user/bob`,
    createdAt: Date.UTC(2026, 0, 1),
    tags: {},
    attachedPolicies: [],
    inlinePolicies: {},
    groups: [ADMINS],
    accessKeys: [credential('AKIAEXAMPLE01'), credential('AKIAEXAMPLE02')],
    serviceCredentials: [credential('ACCAEXAMPLE01')],
    sshKeys: [credential('APKAEXAMPLE01')],
    certificates: [credential('CERTEXAMPLE01')],
    mfaDevices: [`arn:aws:iam::${ACCOUNT}:mfa/bob`],
    password: { createdAt: Date.UTC(2026, 0, 1), resetRequired: false },
    ...different,
  };
}

/** An IAM role, and what a test wants different. */
export function aRole(different: Partial<RoleSnapshot> = {}): RoleSnapshot {
  return {
    takenAt: NOW,
    role: 'Deploy',
    roleId: 'AROAEXAMPLE01',
    arn: `arn:aws:iam::${ACCOUNT}:role/Deploy`,
    path: '/',
    tags: {},
    inlinePolicies: {},
    maxSessionSeconds: 3_600,
    ...different,
  };
}

/** A request to disable bob, carried out just now, and what a test wants different. */
export function aRequest(different: Partial<ResponseRequest> = {}): ResponseRequest {
  return {
    id: 'RS-1',
    version: 1,
    alertId: 'GW-1',
    account: ACCOUNT,
    partition: 'aws',
    action: { do: 'disable-user', user: 'bob', deletePassword: false },
    reason: 'he has no business there',
    by: 'U0ANA',
    at: NOW,
    mode: 'execute',
    preview: { is: 'waiting' },
    state: { is: 'done', at: NOW },
    steps: [],
    checks: { made: 0 },
    findings: [],
    ...different,
  };
}

/** The steps as they are when all that was planned has been applied. */
export function allApplied(steps: readonly Step[], at = NOW): Step[] {
  return steps.map((step) =>
    step.state.is === 'planned' ? { ...step, state: { is: 'applied', at } } : step,
  );
}

/** What an operation makes of a user: IAM as a model, without its quotas. */
export function applied(operation: Operation, user: UserSnapshot): UserSnapshot {
  const after = structuredClone(user);
  switch (operation.call) {
    case 'AttachUserPolicy':
      after.attachedPolicies = [...new Set([...after.attachedPolicies, operation.policyArn])].sort();
      break;
    case 'DetachUserPolicy':
      after.attachedPolicies = after.attachedPolicies.filter((arn) => arn !== operation.policyArn);
      break;
    case 'PutUserPermissionsBoundary':
      after.boundary = operation.policyArn;
      break;
    case 'DeleteUserPermissionsBoundary':
      delete after.boundary;
      break;
    case 'PutUserPolicy':
      after.inlinePolicies[operation.policyName] = operation.document;
      break;
    case 'DeleteUserPolicy':
      delete after.inlinePolicies[operation.policyName];
      break;
    case 'UpdateAccessKey':
    case 'UpdateServiceSpecificCredential':
    case 'UpdateSSHPublicKey':
    case 'UpdateSigningCertificate':
      for (const one of credentialsOf(operation.call, after)) {
        if (one.id === operation.id) one.status = operation.status;
      }
      break;
    case 'DeleteLoginProfile':
      delete after.password;
      break;
    case 'AddUserToGroup':
      after.groups = [...after.groups, ADMINS];
      break;
    case 'RemoveUserFromGroup':
      after.groups = after.groups.filter(({ name }) => name !== operation.group);
      break;
    case 'PutRolePolicy':
    case 'DeleteRolePolicy':
      throw new Error('a model of users only');
  }
  return after;
}
