import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteRolePolicyCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateServiceSpecificCredentialCommand,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import type { Operation, OperationName } from '../domain/response/action.ts';

type Answer = Promise<{ $metadata: { requestId?: string } }>;

type Senders = {
  [Name in OperationName]: (
    iam: IAMClient,
    operation: Extract<Operation, { call: Name }>,
    options: { abortSignal: AbortSignal },
  ) => Answer;
};

const SENDERS: Senders = {
  AttachUserPolicy: (iam, { user, policyArn }, options) =>
    iam.send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: policyArn }), options),
  DetachUserPolicy: (iam, { user, policyArn }, options) =>
    iam.send(new DetachUserPolicyCommand({ UserName: user, PolicyArn: policyArn }), options),
  PutUserPermissionsBoundary: (iam, { user, policyArn }, options) =>
    iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: user, PermissionsBoundary: policyArn }),
      options,
    ),
  DeleteUserPermissionsBoundary: (iam, { user }, options) =>
    iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: user }), options),
  PutUserPolicy: (iam, { user, policyName, document }, options) =>
    iam.send(
      new PutUserPolicyCommand({ UserName: user, PolicyName: policyName, PolicyDocument: document }),
      options,
    ),
  DeleteUserPolicy: (iam, { user, policyName }, options) =>
    iam.send(new DeleteUserPolicyCommand({ UserName: user, PolicyName: policyName }), options),
  UpdateAccessKey: (iam, { user, id, status }, options) =>
    iam.send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: id, Status: status }), options),
  UpdateServiceSpecificCredential: (iam, { user, id, status }, options) =>
    iam.send(
      new UpdateServiceSpecificCredentialCommand({
        UserName: user,
        ServiceSpecificCredentialId: id,
        Status: status,
      }),
      options,
    ),
  UpdateSSHPublicKey: (iam, { user, id, status }, options) =>
    iam.send(new UpdateSSHPublicKeyCommand({ UserName: user, SSHPublicKeyId: id, Status: status }), options),
  UpdateSigningCertificate: (iam, { user, id, status }, options) =>
    iam.send(
      new UpdateSigningCertificateCommand({ UserName: user, CertificateId: id, Status: status }),
      options,
    ),
  DeleteLoginProfile: (iam, { user }, options) =>
    iam.send(new DeleteLoginProfileCommand({ UserName: user }), options),
  RemoveUserFromGroup: (iam, { user, group }, options) =>
    iam.send(new RemoveUserFromGroupCommand({ UserName: user, GroupName: group }), options),
  AddUserToGroup: (iam, { user, group }, options) =>
    iam.send(new AddUserToGroupCommand({ UserName: user, GroupName: group }), options),
  PutRolePolicy: (iam, { role, policyName, document }, options) =>
    iam.send(
      new PutRolePolicyCommand({ RoleName: role, PolicyName: policyName, PolicyDocument: document }),
      options,
    ),
  DeleteRolePolicy: (iam, { role, policyName }, options) =>
    iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: policyName }), options),
};

/** Sends one operation to IAM as it stands. Gives AWS's request id, and throws what the SDK throws. */
export async function send<Name extends OperationName>(
  iam: IAMClient,
  operation: Extract<Operation, { call: Name }> & { call: Name },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { $metadata } = await SENDERS[operation.call](iam, operation, { abortSignal: signal });
  return $metadata.requestId;
}
