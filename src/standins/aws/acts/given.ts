import type { Estate } from '../estate.ts';
import { arnIn } from '../home.ts';
import type { Role, Tags, User } from '../iam/entities.ts';
import { arnOf } from '../iam/iam.ts';
import {
  type Document,
  documentText,
  type GivenPolicies,
  policied,
  policyArn,
  since,
} from './given-policies.ts';
import { type GivenUser, userParts } from './given-user.ts';

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

/** Puts entities into the account without a call, a record or a check; readers see them at once. */
export interface Given {
  user(user: GivenUser): { arn: string; id: string };
  group(group: GivenGroup): { arn: string; id: string };
  role(role: GivenRole): { arn: string; id: string };
  policy(policy: GivenPolicy): { arn: string };
  /** The account's alias. */
  alias(alias: string): void;
}

/** On one account. */
export function givenIn(estate: Estate): Given {
  const { iam, home, keys } = estate;
  const given: Given = {
    user(asked) {
      const user: User = { ...policied(estate, 'AIDA', asked), ...userParts(estate, asked) };
      iam.users.put(user.name, user);
      for (const { id, kind } of user.credentials)
        if (kind === 'accessKey')
          keys.own(id, { accountId: home.accountId, userName: user.name, userId: user.id });
      for (const name of asked.groups ?? []) {
        if (!iam.now.groups.get(name)) given.group({ name });
        const [member, group] = [iam.now.users.get(user.name), iam.now.groups.get(name)];
        if (member && group) iam.setMember(member, group, true);
      }
      iam.users.settle(user.name);
      return { arn: arnOf(home, 'User', user), id: user.id };
    },
    group(asked) {
      const group = policied(estate, 'AGPA', asked);
      iam.groups.put(group.name, group);
      iam.groups.settle(group.name);
      return { arn: arnOf(home, 'Group', group), id: group.id };
    },
    role(asked) {
      const role: Role = {
        ...policied(estate, 'AROA', asked),
        trust: documentText(asked.trust ?? trusting(arnIn(home, 'iam', 'root'))),
        maxSeconds: asked.maxSeconds ?? 3600,
        tags: asked.tags ?? {},
        boundary: asked.boundary && policyArn(estate, asked.boundary),
      };
      iam.roles.put(role.name, role);
      iam.roles.settle(role.name);
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

function givenPolicy(estate: Estate, asked: GivenPolicy): { arn: string } {
  const path = asked.path ?? '/';
  const arn = arnIn(estate.home, 'iam', `policy${path}${asked.name}`);
  const createdAt = since(estate, asked.createdAt);
  const versions = [...(asked.before ?? []), asked.document].map((document, index) => ({
    id: `v${index + 1}`,
    document: documentText(document),
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
  estate.iam.policies.settle(arn);
  return { arn };
}
