import type { Operation } from './action.ts';

/**
 * The AWS CLI command that does what an operation does, safe to paste into any POSIX shell, whatever the names in
 * it. Values stand behind `=`, so that none is taken for an option; IAM's names hold no `:`, so none for a file.
 */
export function commandOf(operation: Operation): string {
  const options = Object.entries(parametersOf(operation)).map(
    ([name, value]) => `--${kebab(name)}=${quoted(value)}`,
  );
  return ['aws', 'iam', kebab(operation.call), ...options].join(' ');
}

/** An operation's parameters as IAM's API names them; the CLI has the same names in kebab case. */
function parametersOf(operation: Operation): Record<string, string> {
  const target: Record<string, string> =
    'role' in operation ? { RoleName: operation.role } : { UserName: operation.user };
  switch (operation.call) {
    case 'AttachUserPolicy':
    case 'DetachUserPolicy':
      return { ...target, PolicyArn: operation.policyArn };
    case 'PutUserPermissionsBoundary':
      return { ...target, PermissionsBoundary: operation.policyArn };
    case 'PutUserPolicy':
    case 'PutRolePolicy':
      return { ...target, PolicyName: operation.policyName, PolicyDocument: operation.document };
    case 'DeleteUserPolicy':
    case 'DeleteRolePolicy':
      return { ...target, PolicyName: operation.policyName };
    case 'UpdateAccessKey':
      return { ...target, AccessKeyId: operation.id, Status: operation.status };
    case 'UpdateServiceSpecificCredential':
      return { ...target, ServiceSpecificCredentialId: operation.id, Status: operation.status };
    case 'UpdateSSHPublicKey':
      return { ...target, SSHPublicKeyId: operation.id, Status: operation.status };
    case 'UpdateSigningCertificate':
      return { ...target, CertificateId: operation.id, Status: operation.status };
    case 'AddUserToGroup':
    case 'RemoveUserFromGroup':
      return { ...target, GroupName: operation.group };
    case 'DeleteLoginProfile':
    case 'DeleteUserPermissionsBoundary':
      return target;
  }
}

/** `UpdateSSHPublicKey` is `update-ssh-public-key`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** Between single quotes a shell takes everything as it is, but for the quote itself. */
function quoted(value: string): string {
  return /^[\w@+,./:-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
