import type { Operation } from './action.ts';
import { sameDocument } from './policies.ts';
import type { Step } from './request.ts';
import type { Credential, RoleSnapshot, UserSnapshot } from './snapshot.ts';

/** A user or a role as IAM has it now. */
export type Snapshot = UserSnapshot | RoleSnapshot;

/**
 * Whether what a step is for is so now. A credential that was to be inactive and is deleted or expired serves the
 * purpose too.
 */
export function stillHolds({ operation }: Pick<Step, 'operation'>, now: Snapshot): boolean {
  return 'role' in operation ? holdsOfRole(operation, now) : holdsOfUser(operation, now);
}

type RoleOperation = Extract<Operation, { role: string }>;
type UserOperation = Exclude<Operation, RoleOperation>;

function holdsOfRole(operation: RoleOperation, now: Snapshot): boolean {
  if (!('roleId' in now)) return false;
  const document = now.inlinePolicies[operation.policyName];
  return operation.call === 'DeleteRolePolicy'
    ? document === undefined
    : document !== undefined && sameDocument(document, operation.document);
}

function holdsOfUser(operation: UserOperation, now: Snapshot): boolean {
  if (!('userId' in now)) return false;
  switch (operation.call) {
    case 'AttachUserPolicy':
      return now.attachedPolicies.includes(operation.policyArn);
    case 'DetachUserPolicy':
      return !now.attachedPolicies.includes(operation.policyArn);
    case 'PutUserPermissionsBoundary':
      return now.boundary === operation.policyArn;
    case 'DeleteUserPermissionsBoundary':
      return now.boundary === undefined;
    case 'PutUserPolicy': {
      const document = now.inlinePolicies[operation.policyName];
      return document !== undefined && sameDocument(document, operation.document);
    }
    case 'DeleteUserPolicy':
      return now.inlinePolicies[operation.policyName] === undefined;
    case 'UpdateAccessKey':
    case 'UpdateServiceSpecificCredential':
    case 'UpdateSSHPublicKey':
    case 'UpdateSigningCertificate':
      return (statusNow(operation, now) === 'Active') === (operation.status === 'Active');
    case 'DeleteLoginProfile':
      return now.password === undefined;
    case 'AddUserToGroup':
      return isMember(now, operation.group);
    case 'RemoveUserFromGroup':
      return !isMember(now, operation.group);
  }
}

/** An operation that sets a credential's status. */
export type StatusOperation = Extract<Operation, { status: string }>;

/** The status a credential has now; nothing when it is gone. */
export function statusNow(
  { call, id }: StatusOperation,
  now: UserSnapshot,
): Credential['status'] | undefined {
  return credentialsOf(call, now).find((one) => one.id === id)?.status;
}

/** The credentials of the kind that a call is about. */
export function credentialsOf(call: StatusOperation['call'], now: UserSnapshot): Credential[] {
  switch (call) {
    case 'UpdateAccessKey':
      return now.accessKeys;
    case 'UpdateServiceSpecificCredential':
      return now.serviceCredentials;
    case 'UpdateSSHPublicKey':
      return now.sshKeys;
    case 'UpdateSigningCertificate':
      return now.certificates;
  }
}

/** Names are unique whatever their letter case. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function isMember({ groups }: UserSnapshot, group: string): boolean {
  return groups.some(({ name }) => sameName(name, group));
}
