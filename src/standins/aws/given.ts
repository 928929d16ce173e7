import type { Estate } from './estate.ts';
import { arnIn } from './home.ts';
import type { Credential, CredentialKind, Identity, Role, Tags, User } from './iam/entities.ts';
import { arnOf } from './iam/iam.ts';

/** A policy document, as an object or as the text that it is kept as. */
export type Document = object | string;

/** Policies by ARN or by name alone (one of the account's own, else AWS's), and inline ones by name. */
interface GivenPolicies {
  attached?: readonly string[];
  inline?: Readonly<Record<string, Document>>;
  path?: string;
  /** Default: a year ago. */
  createdAt?: Date;
}

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

/** A group as it has been all along. */
export interface GivenGroup extends GivenPolicies {
  name: string;
}

/** A role as it has been all along. */
export interface GivenRole extends GivenPolicies {
  name: string;
  /** Default: whoever the account allows to. */
  trust?: Document;
  tags?: Tags;
  boundary?: string;
  /** Default 3600. */
  maxSeconds?: number;
}

/** A managed policy of the account, as it has been all along. */
export interface GivenPolicy {
  name: string;
  path?: string;
  document: Document;
  /** Earlier versions, oldest first; `document` is the last and the default one. */
  before?: readonly Document[];
  createdAt?: Date;
}

/** Puts entities into the account without a call, a record or a check. */
export interface Given {
  user(user: GivenUser): { arn: string; id: string };
  group(group: GivenGroup): { arn: string; id: string };
  role(role: GivenRole): { arn: string; id: string };
  policy(policy: GivenPolicy): { arn: string };
  /** The account's alias. */
  alias(alias: string): void;
}

/** What users, groups and roles share. */
type Policied = Omit<Identity, 'tags' | 'boundary'>;

const YEAR_MS = 365 * 24 * 3600_000;

/** On one account. */
export function givenIn(estate: Estate): Given {
  const { iam, ids, home, keys } = estate;
  const identity = (prefix: 'AIDA' | 'AGPA' | 'AROA', given: GivenPolicies & { name: string }): Policied => ({
    name: given.name,
    path: given.path ?? '/',
    id: ids.principal(prefix, given.name),
    createdAt: since(estate, given.createdAt),
    attached: (given.attached ?? []).map((one) => policyArn(estate, one)),
    inline: Object.entries(given.inline ?? {}).map(([name, document]) => ({
      name,
      document: textOf(document),
    })),
  });
  const given: Given = {
    user(asked) {
      const user: User = { ...identity('AIDA', asked), ...userParts(estate, asked) };
      iam.users.put(user.name, user);
      for (const { id, kind } of user.credentials)
        if (kind === 'accessKey')
          keys.own(id, { accountId: home.accountId, userName: user.name, userId: user.id });
      for (const name of asked.groups ?? []) {
        if (!iam.now.groups.get(name)) given.group({ name });
        const [member, group] = [iam.now.users.get(user.name), iam.now.groups.get(name)];
        if (member && group) iam.setMember(member, group, true);
      }
      return { arn: arnOf(home, 'User', user), id: user.id };
    },
    group(asked) {
      const group = identity('AGPA', asked);
      iam.groups.put(group.name, group);
      return { arn: arnOf(home, 'Group', group), id: group.id };
    },
    role(asked) {
      const role: Role = {
        ...identity('AROA', asked),
        trust: textOf(asked.trust ?? trusting(arnIn(home, 'iam', 'root'))),
        maxSeconds: asked.maxSeconds ?? 3600,
        tags: asked.tags ?? {},
        boundary: asked.boundary && policyArn(estate, asked.boundary),
      };
      iam.roles.put(role.name, role);
      return { arn: arnOf(home, 'Role', role), id: role.id };
    },
    policy: (asked) => givenPolicy(estate, asked),
    alias: (alias) => void iam.aliases.splice(0, 1, alias),
  };
  return given;
}

/** A trust policy for one principal, with or without an external id. */
export function trusting(principal: string, externalId?: string): object {
  const Condition = externalId === undefined ? undefined : { StringEquals: { 'sts:ExternalId': externalId } };
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', Condition };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** By name alone: one of the account's own, else AWS's. */
export function policyArn({ iam, home }: Estate, policy: string): string {
  if (policy.startsWith('arn:')) return policy;
  const own = arnIn(home, 'iam', `policy/${policy}`);
  return iam.now.policies.get(own) ? own : `arn:${home.partition}:iam::aws:policy/${policy}`;
}

function userParts(estate: Estate, asked: GivenUser): Omit<User, keyof Policied> {
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

const PREFIX: Record<CredentialKind, string> = {
  accessKey: 'AKIA',
  sshKey: 'APKA',
  certificate: 'CERT',
  serviceCredential: 'ACCA',
};

function credential(
  { ids }: Estate,
  kind: CredentialKind,
  userSince: number,
  asked: Exclude<GivenCredential, string>,
): Credential {
  const service = kind === 'serviceCredential' ? 'codecommit.amazonaws.com' : undefined;
  return {
    kind,
    id: asked.id ?? ids.numbered(PREFIX[kind]),
    status: asked.status ?? 'Active',
    createdAt: asked.createdAt?.getTime() ?? userSince,
    body: kind === 'sshKey' || kind === 'certificate' ? `example ${kind}` : undefined,
    service: asked.service ?? service,
    expiresAt: asked.expiresAt?.getTime(),
    lastUsed: asked.lastUsed && { at: asked.lastUsed.getTime(), service: 's3', region: 'us-east-1' },
  };
}

function givenPolicy(estate: Estate, asked: GivenPolicy): { arn: string } {
  const path = asked.path ?? '/';
  const arn = arnIn(estate.home, 'iam', `policy${path}${asked.name}`);
  const createdAt = since(estate, asked.createdAt);
  const versions = [...(asked.before ?? []), asked.document].map((document, index) => ({
    id: `v${index + 1}`,
    document: textOf(document),
    createdAt,
  }));
  estate.iam.policies.put(arn, {
    name: asked.name,
    path,
    arn,
    id: estate.ids.principal('ANPA', asked.name),
    createdAt,
    updatedAt: createdAt,
    versions,
    defaultVersion: `v${versions.length}`,
  });
  return { arn };
}

function since({ clock }: Estate, at: Date | undefined): number {
  return at?.getTime() ?? clock() - YEAR_MS;
}

function textOf(document: Document): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
