/** What IAM keeps. Entities are replaced, never changed, so that readers can be shown an earlier one. */
interface Entity {
  name: string;
  /** As in `/` or `/staff/`. */
  path: string;
  /** New at every creation, even under the same name. */
  id: string;
  /** ms since epoch, as all times here. */
  createdAt: number;
}

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** What policies can be put on. */
export interface Identity extends Entity {
  /** ARNs of managed policies. */
  attached: readonly string[];
  inline: readonly { name: string; document: string }[];
  /** Of users and roles. */
  tags?: Tags;
  boundary?: string;
}

/** Who is in a group stands with the users. */
export type Group = Identity;

/** A role, and who may assume it. */
export interface Role extends Identity {
  trust: string;
  description?: string;
  maxSeconds: number;
  tags: Tags;
}

/** A user with every credential it has. */
export interface User extends Identity {
  tags: Tags;
  /** Names in small letters. */
  groups: readonly string[];
  credentials: readonly Credential[];
  login?: Login;
  passwordUsedAt?: number;
  mfa: readonly { serial: string; enabledAt: number }[];
}

/** Kinds of credentials that can be switched off and on. */
export type CredentialKind = 'accessKey' | 'sshKey' | 'certificate' | 'serviceCredential';

/** A credential that can be switched off and on. */
export interface Credential {
  kind: CredentialKind;
  id: string;
  status: 'Active' | 'Inactive';
  createdAt: number;
  /** Text of a public key or a certificate. */
  body?: string;
  /** Of a service-specific credential, as in `codecommit.amazonaws.com`. */
  service?: string;
  expiresAt?: number;
  /** Of an access key. */
  lastUsed?: { at: number; service: string; region: string };
}

/** A console password. */
export interface Login {
  password: string;
  resetRequired: boolean;
  createdAt: number;
}

/** A managed policy. */
export interface Policy extends Entity {
  arn: string;
  description?: string;
  updatedAt: number;
  versions: readonly { id: string; document: string; createdAt: number }[];
  defaultVersion: string;
}
