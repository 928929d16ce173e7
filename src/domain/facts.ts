import type { Instant } from './time.ts';

/** Something read from AWS, or why it isn't there. `at` is when AWS was asked. Text in it is outside text. */
export type Fact<T> =
  | { is: 'known'; value: T; at: Instant }
  /** AWS refuses to tell; `permission` is what it takes. A refusal may also be an explicit one, which `why` tells. */
  | { is: 'not-allowed'; permission: string; why: string; at: Instant }
  /** Deleted; or made so lately that IAM doesn't show it everywhere yet. */
  | { is: 'gone'; at: Instant }
  | { is: 'failed'; why: string; at: Instant };

/** The text of a policy in force: JSON as somebody wrote it, or what else AWS keeps. */
export interface PolicyText {
  text: string;
  version?: string;
  /** When a managed policy last got a version. */
  updatedAt?: Instant;
}

/** A policy that a group or a user has. */
export interface HeldPolicy {
  name: string;
  kind: 'aws-managed' | 'customer-managed' | 'inline';
  /** Of a managed one. */
  arn?: string;
  /** Absent when it was left for later, to ask AWS less for a card. */
  document?: Fact<PolicyText>;
}

/** What a group or a user has been given. */
export interface HeldPolicies {
  attached: Fact<HeldPolicy[]>;
  inline: Fact<HeldPolicy[]>;
}

/** What a group has been given. */
export interface GroupOutline extends HeldPolicies {
  group: string;
  /** How many documents were left for later. */
  unread: number;
}

/** What a card needs of a group and of a user. */
export interface CardFacts {
  group?: GroupOutline & { origin: Fact<GroupOrigin> };
  user?: UserOutline;
}

/** What tells a group from another one of its name. */
export interface GroupOrigin {
  /** AGPA… */
  id: string;
  createdAt: Instant;
}

/** A group itself, with who is in it. */
export interface GroupIdentity extends GroupOrigin {
  name: string;
  arn: string;
  path: string;
  /** Names of all users in it. */
  members: string[];
}

/** All there is about a group. */
export interface GroupFacts extends GroupOutline {
  identity: Fact<GroupIdentity>;
}

/** A user itself. Tags are written by whoever may. */
export interface UserIdentity {
  name: string;
  /** AIDA…: another one under the same name is another user. */
  id: string;
  arn: string;
  path: string;
  createdAt: Instant;
  passwordLastUsed?: Instant;
  /** ARN of the policy that is the permissions boundary. */
  boundary?: string;
  tags: Record<string, string>;
}

/** A role itself. Tags are written by whoever may. */
export interface RoleIdentity {
  name: string;
  arn: string;
  createdAt: Instant;
  tags: Record<string, string>;
}

/** A console password. AWS never shows it. */
export interface Password {
  createdAt: Instant;
  mustBeChanged: boolean;
}

/** A second factor that a user has enabled. */
export interface MfaDevice {
  serial: string;
  kind: 'virtual' | 'passkey' | 'hardware';
  enabledAt: Instant;
}

/** What a card needs of a user. */
export interface UserOutline {
  user: string;
  identity: Fact<UserIdentity>;
  mfa: Fact<MfaDevice[]>;
  /** Null when there is none. */
  password: Fact<Password | null>;
}

/** AWS's word for whether a credential works. */
export type CredentialStatus = 'Active' | 'Inactive' | 'Expired' | (string & {});

/** A long-term access key. Its secret is never read. */
export interface AccessKey {
  id: string;
  status: CredentialStatus;
  createdAt: Instant;
  /** Null when it was never used. */
  lastUse: Fact<{ at: Instant; service: string; region: string } | null>;
}

/** An SSH key (CodeCommit) or a signing certificate. */
export interface UploadedCredential {
  id: string;
  status: CredentialStatus;
  uploadedAt?: Instant;
}

/** A user name and password, or an API key, for one service. */
export interface ServiceCredential {
  id: string;
  service: string;
  status: CredentialStatus;
  createdAt: Instant;
  expiresAt?: Instant;
  name?: string;
}

/** All there is about a user: every credential, and what it was given itself. */
export interface UserFacts extends UserOutline, HeldPolicies {
  groups: Fact<string[]>;
  /** Null when there is none. */
  boundary: Fact<HeldPolicy | null>;
  accessKeys: Fact<AccessKey[]>;
  sshKeys: Fact<UploadedCredential[]>;
  certificates: Fact<UploadedCredential[]>;
  serviceCredentials: Fact<ServiceCredential[]>;
}

/** Everything that decides what a user may do: what it was given itself and by its groups, and what limits it. */
export interface UserGrants extends HeldPolicies {
  user: string;
  groups: Fact<GroupOutline[]>;
  boundary: UserFacts['boundary'];
}

/** How to ask: `fresh` passes over what is remembered, `notBefore` over what was read before that moment. */
export interface Asking {
  signal: AbortSignal;
  fresh?: boolean;
  notBefore?: Instant;
}

/**
 * Reads users and groups of one account. A part that can't be read says so and the others are there all the same;
 * what was read lately is remembered, with its age. Rejects only when the signal aborts.
 */
export interface IamFacts {
  /** What a card shows, by at most 12 calls to AWS; documents beyond that are left for `groupGrants`. */
  cardFacts(about: { group?: string; user?: string }, asking: Asking): Promise<CardFacts>;
  /** Everything about a group, every document included. */
  groupGrants(group: string, asking: Asking): Promise<GroupFacts>;
  /** Everything about a user, every credential included. */
  userFacts(user: string, asking: Asking): Promise<UserFacts>;
  /** A user's access keys, each with its last use. */
  accessKeys(user: string, asking: Asking): Promise<Fact<AccessKey[]>>;
  /** A role itself, by one call. */
  role(role: string, asking: Asking): Promise<Fact<RoleIdentity>>;
  /** Names of all users, or of all groups, of the account. */
  names(of: 'users' | 'groups', asking: Asking): Promise<Fact<string[]>>;
  /** What a user may do and by which group, every document included; for `changeByGroup`. */
  userGrants(user: string, asking: Asking): Promise<UserGrants>;
}

/** Why a fact isn't known, in words that begin with a small letter; undefined when it is. */
export function unknownBecause(fact: Fact<unknown> | undefined, what: string): string | undefined {
  if (!fact) return `${what}: not read yet`;
  switch (fact.is) {
    case 'known':
      return undefined;
    case 'not-allowed':
      return `not allowed to read ${what}: grant ${fact.permission}`;
    case 'gone':
      return `${what}: deleted, or not visible yet`;
    case 'failed':
      return `reading ${what} failed: ${fact.why}`;
  }
}

/** The age of what is shown together: when the oldest part was read. */
export function asOf(facts: readonly Fact<unknown>[]): Instant | undefined {
  return facts.length > 0 ? Math.min(...facts.map(({ at }) => at)) : undefined;
}
