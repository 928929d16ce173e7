/** Whose credentials make a call: the ones Groupwatch runs with, or the responder role's. */
export type Credentials = 'reader' | 'writer';

/** The policies that the calls are allowed by; `npm run iam-policy` prints them. */
export const GRANTS = {
  poller: 'reader',
  enricher: 'reader',
  assume: 'reader',
  'assume-others': 'reader',
  organization: 'reader',
  doctor: 'reader',
  responder: 'writer',
  'responder-optional': 'writer',
  'responder-restore': 'writer',
} as const satisfies Record<string, Credentials>;

export type Grant = keyof typeof GRANTS;

/** What a call is on. Who moves in and out of a group is decided on the group alone: IAM can't say which user. */
export type CallTarget =
  | 'everything'
  | 'user'
  | 'group'
  | 'role'
  | 'policy'
  | 'administrator-access'
  | 'responder-role'
  | 'reader-roles'
  | 'responder-roles';

/** What bounds a call beyond its target, where IAM has a condition for it. */
export type CallBound = 'attaches-deny-all' | 'bounds-by-deny-all' | 'iam-events';

export interface AwsCall {
  /** As IAM names the permission; the part after the colon is the SDK's command without `Command`. */
  permission: `${'cloudtrail' | 'iam' | 'organizations' | 'sts'}:${string}`;
  /** Nothing where AWS asks for no permission. */
  grant?: Grant;
  on: CallTarget;
  only?: CallBound;
}

/**
 * Every call to AWS that the program makes. The clients refuse others, a test finds others in the source, and the
 * policies are made from it. A permission stands here more than once where it is allowed for different things.
 * Resources and conditions: docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const AWS_CALLS: readonly AwsCall[] = [
  { permission: 'sts:GetCallerIdentity', on: 'everything' },
  { permission: 'cloudtrail:LookupEvents', grant: 'poller', on: 'everything', only: 'iam-events' },

  ...reads('user', [
    'GetUser',
    'ListGroupsForUser',
    'ListAttachedUserPolicies',
    'ListUserPolicies',
    'GetUserPolicy',
    'ListAccessKeys',
    'GetAccessKeyLastUsed',
    'GetLoginProfile',
    'ListMFADevices',
    'ListSSHPublicKeys',
    'ListSigningCertificates',
    'ListServiceSpecificCredentials',
  ]),
  ...reads('group', ['GetGroup', 'ListAttachedGroupPolicies', 'ListGroupPolicies', 'GetGroupPolicy']),
  ...reads('role', ['GetRole', 'GetRolePolicy']),
  ...reads('policy', ['GetPolicy', 'GetPolicyVersion']),
  ...reads('administrator-access', ['ListEntitiesForPolicy']),
  ...reads('everything', ['ListUsers', 'ListGroups']),
  // Of people's activity, which is recorded in the Region where it happens.
  { permission: 'cloudtrail:LookupEvents', grant: 'enricher', on: 'everything' },

  { permission: 'sts:AssumeRole', grant: 'assume', on: 'responder-role' },

  // Of other accounts that CONFIG_FILE names.
  { permission: 'sts:AssumeRole', grant: 'assume-others', on: 'reader-roles' },
  { permission: 'sts:AssumeRole', grant: 'assume-others', on: 'responder-roles' },

  // Which accounts there are, where CONFIG_FILE asks for the organization's.
  { permission: 'organizations:ListAccounts', grant: 'organization', on: 'everything' },

  // What the responder could do, without doing it: asked by the doctor alone.
  { permission: 'iam:SimulatePrincipalPolicy', grant: 'doctor', on: 'responder-role' },

  { permission: 'iam:AttachUserPolicy', grant: 'responder', on: 'user', only: 'attaches-deny-all' },
  {
    permission: 'iam:PutUserPermissionsBoundary',
    grant: 'responder',
    on: 'user',
    only: 'bounds-by-deny-all',
  },
  { permission: 'iam:UpdateAccessKey', grant: 'responder', on: 'user' },
  { permission: 'iam:UpdateServiceSpecificCredential', grant: 'responder', on: 'user' },
  { permission: 'iam:UpdateSSHPublicKey', grant: 'responder', on: 'user' },
  { permission: 'iam:UpdateSigningCertificate', grant: 'responder', on: 'user' },
  { permission: 'iam:RemoveUserFromGroup', grant: 'responder', on: 'group' },

  // Of what can't be bounded to denying, or can't be taken back: only where the account's owner wants it.
  { permission: 'iam:PutUserPolicy', grant: 'responder-optional', on: 'user' },
  { permission: 'iam:DeleteLoginProfile', grant: 'responder-optional', on: 'user' },
  { permission: 'iam:PutRolePolicy', grant: 'responder-optional', on: 'role' },

  { permission: 'iam:DetachUserPolicy', grant: 'responder-restore', on: 'user', only: 'attaches-deny-all' },
  {
    permission: 'iam:DeleteUserPermissionsBoundary',
    grant: 'responder-restore',
    on: 'user',
    only: 'bounds-by-deny-all',
  },
  { permission: 'iam:PutUserPermissionsBoundary', grant: 'responder-restore', on: 'user' },
  { permission: 'iam:PutUserPolicy', grant: 'responder-restore', on: 'user' },
  { permission: 'iam:DeleteUserPolicy', grant: 'responder-restore', on: 'user' },
  { permission: 'iam:AddUserToGroup', grant: 'responder-restore', on: 'group' },
  { permission: 'iam:PutRolePolicy', grant: 'responder-restore', on: 'role' },
  { permission: 'iam:DeleteRolePolicy', grant: 'responder-restore', on: 'role' },
];

/** Whether these credentials may make the call at all. */
export function isListed(permission: string, credentials: Credentials): boolean {
  return AWS_CALLS.some(
    (call) =>
      call.permission === permission && (call.grant === undefined || GRANTS[call.grant] === credentials),
  );
}

function reads(on: CallTarget, names: readonly string[]): AwsCall[] {
  return names.map((name) => ({ permission: `iam:${name}`, grant: 'enricher', on }));
}
