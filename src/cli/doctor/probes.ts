import {
  GetAccessKeyLastUsedCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetLoginProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { denyAllArn } from '../../domain/response/policies.ts';

/** One call that reads; on nobody, whom IAM says it doesn't know, once it has found that one may ask. */
export type Probe = (iam: IAMClient, options: { abortSignal: AbortSignal }) => Promise<unknown>;

const NOBODY = 'groupwatch-doctor-asks';
const user = { UserName: NOBODY };
const group = { GroupName: NOBODY };
const role = { RoleName: NOBODY };
const policy = { PolicyName: NOBODY };

/** A probe for every permission of the policy `enricher`; a test holds them against the list of calls. */
export const probesIn = (partition: string): Record<string, Probe> => {
  const denyAll = { PolicyArn: denyAllArn(partition) };
  const administrator = { PolicyArn: `arn:${partition}:iam::aws:policy/AdministratorAccess` };
  return {
    'iam:GetUser': (iam, o) => iam.send(new GetUserCommand(user), o),
    'iam:ListGroupsForUser': (iam, o) => iam.send(new ListGroupsForUserCommand(user), o),
    'iam:ListAttachedUserPolicies': (iam, o) => iam.send(new ListAttachedUserPoliciesCommand(user), o),
    'iam:ListUserPolicies': (iam, o) => iam.send(new ListUserPoliciesCommand(user), o),
    'iam:GetUserPolicy': (iam, o) => iam.send(new GetUserPolicyCommand({ ...user, ...policy }), o),
    'iam:ListAccessKeys': (iam, o) => iam.send(new ListAccessKeysCommand(user), o),
    'iam:GetAccessKeyLastUsed': (iam, o) =>
      iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAEXAMPLE000000000' }), o),
    'iam:GetLoginProfile': (iam, o) => iam.send(new GetLoginProfileCommand(user), o),
    'iam:ListMFADevices': (iam, o) => iam.send(new ListMFADevicesCommand(user), o),
    'iam:ListSSHPublicKeys': (iam, o) => iam.send(new ListSSHPublicKeysCommand(user), o),
    'iam:ListSigningCertificates': (iam, o) => iam.send(new ListSigningCertificatesCommand(user), o),
    'iam:ListServiceSpecificCredentials': (iam, o) =>
      iam.send(new ListServiceSpecificCredentialsCommand(user), o),
    'iam:GetGroup': (iam, o) => iam.send(new GetGroupCommand(group), o),
    'iam:ListAttachedGroupPolicies': (iam, o) => iam.send(new ListAttachedGroupPoliciesCommand(group), o),
    'iam:ListGroupPolicies': (iam, o) => iam.send(new ListGroupPoliciesCommand(group), o),
    'iam:GetGroupPolicy': (iam, o) => iam.send(new GetGroupPolicyCommand({ ...group, ...policy }), o),
    'iam:GetRole': (iam, o) => iam.send(new GetRoleCommand(role), o),
    'iam:GetRolePolicy': (iam, o) => iam.send(new GetRolePolicyCommand({ ...role, ...policy }), o),
    'iam:GetPolicy': (iam, o) => iam.send(new GetPolicyCommand(denyAll), o),
    'iam:GetPolicyVersion': (iam, o) =>
      iam.send(new GetPolicyVersionCommand({ ...denyAll, VersionId: 'v1' }), o),
    'iam:ListEntitiesForPolicy': (iam, o) =>
      iam.send(new ListEntitiesForPolicyCommand({ ...administrator, MaxItems: 1 }), o),
  };
};
