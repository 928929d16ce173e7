import type { Estate } from '../estate.ts';
import { SWITCHED } from '../iam/credential-kinds.ts';
import type { Credential, CredentialKind, Tags, User } from '../iam/entities.ts';
import { type GivenPolicies, type Policied, policyArn, since } from './given-policies.ts';

/** A credential; a bare text is its id. */
export type GivenCredential =
  | string
  | {
      id?: string;
      status?: Credential['status'];
      createdAt?: Date;
      lastUsed?: Date;
      service?: string;
      expiresAt?: Date;
    };

/** A user as it has been all along. */
export interface GivenUser extends GivenPolicies {
  name: string;
  tags?: Tags;
  boundary?: string;
  /** Those that aren't there are made. */
  groups?: readonly string[];
  password?: string;
  passwordResetRequired?: boolean;
  passwordLastUsed?: Date;
  keys?: readonly GivenCredential[];
  sshKeys?: readonly GivenCredential[];
  certificates?: readonly GivenCredential[];
  serviceCredentials?: readonly GivenCredential[];
  /** Serial numbers. */
  mfa?: readonly string[];
}

/** The user's parts but for its policies and its groups. */
export function userParts(estate: Estate, asked: GivenUser): Omit<User, keyof Policied> {
  const createdAt = since(estate, asked.createdAt);
  const credentials = (kind: CredentialKind, list: readonly GivenCredential[] = []) =>
    list.map((one) => credential(estate, kind, createdAt, typeof one === 'string' ? { id: one } : one));
  return {
    tags: asked.tags ?? {},
    boundary: asked.boundary && policyArn(estate, asked.boundary),
    groups: [],
    credentials: [
      ...credentials('accessKey', asked.keys),
      ...credentials('sshKey', asked.sshKeys),
      ...credentials('certificate', asked.certificates),
      ...credentials('serviceCredential', asked.serviceCredentials),
    ],
    login:
      asked.password === undefined
        ? undefined
        : { password: asked.password, resetRequired: asked.passwordResetRequired ?? false, createdAt },
    passwordUsedAt: asked.passwordLastUsed?.getTime(),
    mfa: (asked.mfa ?? []).map((serial) => ({ serial, enabledAt: createdAt })),
  };
}

function credential(
  { ids }: Estate,
  kind: CredentialKind,
  userSince: number,
  asked: Exclude<GivenCredential, string>,
): Credential {
  const { prefix = '' } = SWITCHED.find((one) => one.kind === kind) ?? {};
  const service = kind === 'serviceCredential' ? 'codecommit.amazonaws.com' : undefined;
  return {
    kind,
    id: asked.id ?? ids.numbered(prefix),
    status: asked.status ?? 'Active',
    createdAt: asked.createdAt?.getTime() ?? userSince,
    body: kind === 'sshKey' || kind === 'certificate' ? `example ${kind}` : undefined,
    service: asked.service ?? service,
    expiresAt: asked.expiresAt?.getTime(),
    lastUsed: asked.lastUsed && { at: asked.lastUsed.getTime(), service: 's3', region: 'us-east-1' },
  };
}
