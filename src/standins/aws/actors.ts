import { arnIn, EXAMPLE_HOME, exampleId } from './home.ts';

/** CloudTrail's userIdentity element, of any type. */
export interface UserIdentity {
  type: string;
  sessionContext?: { attributes?: Record<string, string>; [field: string]: unknown };
  [field: string]: unknown;
}

/**
 * Who made a call, and what its record shows of where from. Written for the account 111122223333; the record
 * names the account that it is made in, and a session without a creationDate began half an hour before.
 */
export interface Actor {
  userIdentity: UserIdentity;
  sourceIp: string;
  userAgent: string;
  /** Fields for the record itself, such as sessionCredentialFromConsole. */
  extra?: Record<string, unknown>;
}

const { accountId } = EXAMPLE_HOME;
const CLI = 'aws-cli/2.31.9 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 lang/python#3.13.7';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36';
const TLS = { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' };
const fromCli = {
  sourceIp: '203.0.113.10',
  userAgent: CLI,
  extra: { tlsDetails: { ...TLS, clientProvidedHostHeader: 'iam.amazonaws.com' } },
};
const fromConsole = {
  sourceIp: '203.0.113.20',
  userAgent: BROWSER,
  extra: { sessionCredentialFromConsole: 'true' },
};

/** An IAM user on the CLI: a long-term key, or a session once `mfa` is told. `path` is as in `/staff/`. */
export function iamUser(
  name: string,
  { mfa, accessKeyId, path = '/' }: { mfa?: boolean; accessKeyId?: string; path?: string } = {},
): Actor {
  const session = mfa === undefined ? {} : { sessionContext: sessionContext(mfa) };
  const userIdentity = {
    type: 'IAMUser',
    principalId: exampleId('AIDA', name),
    arn: arnIn(EXAMPLE_HOME, 'iam', `user${path}${name}`),
    accountId,
    accessKeyId: accessKeyId ?? (mfa === undefined ? 'AKIAEXAMPLE01' : 'ASIAEXAMPLE01'),
    userName: name,
    ...session,
  };
  return { userIdentity, ...fromCli };
}

/** The account's root user in the console. */
export function root({ mfa = true }: { mfa?: boolean } = {}): Actor {
  const userIdentity = {
    type: 'Root',
    principalId: accountId,
    arn: arnIn(EXAMPLE_HOME, 'iam', 'root'),
    accountId,
    accessKeyId: 'ASIAEXAMPLE01',
    sessionContext: sessionContext(mfa),
  };
  return { userIdentity, ...fromConsole };
}

/** A role's session. Roles named `AWSReservedSSO_…` are what people get through Identity Center. */
export function roleSession(
  role: string,
  session: string,
  {
    sourceIdentity,
    mfa = false,
    accessKeyId = 'ASIAEXAMPLE01',
  }: { sourceIdentity?: string; mfa?: boolean; accessKeyId?: string } = {},
): Actor {
  const principalId = exampleId('AROA', role);
  const path = role.startsWith('AWSReservedSSO_') ? '/aws-reserved/sso.amazonaws.com/' : '/';
  const sessionIssuer = {
    type: 'Role',
    principalId,
    arn: arnIn(EXAMPLE_HOME, 'iam', `role${path}${role}`),
    accountId,
    userName: role,
  };
  const userIdentity = {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: arnIn(EXAMPLE_HOME, 'sts', `assumed-role/${role}/${session}`),
    accountId,
    accessKeyId,
    sessionContext: {
      sessionIssuer,
      webIdFederationData: {},
      ...sessionContext(mfa),
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    },
  };
  return { userIdentity, ...fromCli };
}

/** A session of GetFederationToken, issued by an IAM user. */
export function federated(name: string, issuer = 'federation-broker'): Actor {
  const sessionIssuer = {
    type: 'IAMUser',
    principalId: exampleId('AIDA', issuer),
    arn: arnIn(EXAMPLE_HOME, 'iam', `user/${issuer}`),
    accountId,
    userName: issuer,
  };
  const userIdentity = {
    type: 'FederatedUser',
    principalId: `${accountId}:${name}`,
    arn: arnIn(EXAMPLE_HOME, 'sts', `federated-user/${name}`),
    accountId,
    accessKeyId: 'ASIAEXAMPLE01',
    sessionContext: { sessionIssuer, webIdFederationData: {}, ...sessionContext(false) },
  };
  return { userIdentity, ...fromConsole };
}

/** A call made on behalf of an Identity Center user, whom CloudTrail names by id only. */
export function identityCenter(userId: string, identityStoreId = 'd-example01'): Actor {
  const userIdentity = {
    type: 'IdentityCenterUser',
    accountId,
    onBehalfOf: {
      userId,
      identityStoreArn: `arn:aws:identitystore::${accountId}:identitystore/${identityStoreId}`,
    },
    credentialId: 'example-credential-01',
  };
  return { userIdentity, ...fromConsole };
}

/** An AWS service by itself, or for someone (as CloudFormation does): then theirs is the identity. */
export function awsService(name: string, onBehalfOf?: Actor): Actor {
  const userIdentity = onBehalfOf
    ? { ...onBehalfOf.userIdentity, invokedBy: name }
    : { type: 'AWSService', invokedBy: name };
  return { userIdentity, sourceIp: name, userAgent: name };
}

const sessionContext = (mfa: boolean) => ({ attributes: { mfaAuthenticated: String(mfa) } });
