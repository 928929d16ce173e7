/** Identifies a request; opaque, unique, made by us. */
export type RequestId = string;

/** What can be asked for. Each is a request of its own, with an approval of its own. */
export type ResponseAction =
  /** `deletePassword` is the hard option: the login profile goes, and its password can't come back. */
  | { do: 'disable-user'; user: string; deletePassword: boolean }
  | { do: 'remove-from-group'; user: string; group: string }
  /** Ends what a role's sessions may do that were opened before now. Never of service-linked or Identity Center roles. */
  | { do: 'revoke-sessions'; role: string }
  /** Takes back what the request `of` did, and nothing else. Credentials that it set to inactive stay so unless asked. */
  | { do: 'undo'; of: RequestId; reactivate: boolean };

/** The one write to IAM that a step makes, as data: performed, undone, printed as a command, and allowed by policy. */
export type Operation =
  | { call: 'AttachUserPolicy'; user: string; policyArn: string }
  | { call: 'DetachUserPolicy'; user: string; policyArn: string }
  | { call: 'PutUserPermissionsBoundary'; user: string; policyArn: string }
  | { call: 'DeleteUserPermissionsBoundary'; user: string }
  | { call: 'PutUserPolicy'; user: string; policyName: string; document: string }
  | { call: 'DeleteUserPolicy'; user: string; policyName: string }
  | { call: 'UpdateAccessKey'; user: string; id: string; status: CredentialStatus }
  | { call: 'UpdateServiceSpecificCredential'; user: string; id: string; status: CredentialStatus }
  | { call: 'UpdateSSHPublicKey'; user: string; id: string; status: CredentialStatus }
  | { call: 'UpdateSigningCertificate'; user: string; id: string; status: CredentialStatus }
  | { call: 'DeleteLoginProfile'; user: string }
  | { call: 'RemoveUserFromGroup'; user: string; group: string }
  | { call: 'AddUserToGroup'; user: string; group: string }
  | { call: 'PutRolePolicy'; role: string; policyName: string; document: string }
  | { call: 'DeleteRolePolicy'; role: string; policyName: string };

/** `Expired` can be read, never written, and never comes back. */
export type CredentialStatus = 'Active' | 'Inactive';

/** Names of everything that a step can call. */
export type OperationName = Operation['call'];
