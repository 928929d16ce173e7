import { arnIn } from '../home.ts';
import { statementsOf } from '../policy/document.ts';
import { Refusal } from '../wire/answer.ts';
import { optional, text } from '../wire/input.ts';
import type { Identity, Policy } from './entities.ts';
import { findPolicy } from './iam.ts';
import { type Ground, type IamOperations, list, read, type Shape, write } from './operation.ts';
import { paged } from './paging.ts';
import { charactersOf, limitExceeded, QUOTA } from './quotas.ts';
import { alreadyExists, noSuchEntity } from './refusals.ts';
import { encoded, isoSeconds, policyShape } from './shapes.ts';
import { onNew, onPolicy } from './target.ts';

/** Managed policies, their versions, and what they are on. */
export const MANAGED_POLICY_OPERATIONS: IamOperations = {
  GetPolicy: read(['PolicyArn'], onPolicy, (ground) => ({
    Policy: policyShape(ground.iam, thePolicy(ground)),
  })),
  GetPolicyVersion: read(['PolicyArn', 'VersionId'], onPolicy, (ground) => {
    const policy = thePolicy(ground);
    const version = theVersion(policy, ground);
    return {
      PolicyVersion: { Document: encoded(version.document), ...versionShape(policy, version) },
    };
  }),
  ListPolicyVersions: list('Versions', ['PolicyArn'], onPolicy, (ground) => {
    const policy = thePolicy(ground);
    return policy.versions.toReversed().map((one) => versionShape(policy, one));
  }),
  ListEntitiesForPolicy: read(['PolicyArn'], onPolicy, entitiesOf),
  CreatePolicy: write(['PolicyName', 'PolicyDocument'], onNew('Policy'), (ground) => ({
    Policy: policyShape(ground.iam, createPolicy(ground)),
  })),
  CreatePolicyVersion: write(['PolicyArn', 'PolicyDocument'], onPolicy, (ground) => {
    const policy = ownPolicy(ground);
    const document = checkedDocument(ground);
    if (policy.versions.length >= QUOTA.policyVersions)
      throw limitExceeded(
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      );
    const latest = Math.max(...policy.versions.map(({ id }) => Number(id.slice(1))));
    const version = { id: `v${latest + 1}`, document, createdAt: ground.at };
    const changed = {
      ...policy,
      versions: [...policy.versions, version],
      defaultVersion: ground.input.SetAsDefault === true ? version.id : policy.defaultVersion,
      updatedAt: ground.at,
    };
    ground.iam.policies.put(policy.arn, changed);
    return { PolicyVersion: versionShape(changed, version) };
  }),
  SetDefaultPolicyVersion: write(['PolicyArn', 'VersionId'], onPolicy, (ground) => {
    const policy = ownPolicy(ground);
    const defaultVersion = theVersion(policy, ground).id;
    ground.iam.policies.put(policy.arn, { ...policy, defaultVersion, updatedAt: ground.at });
  }),
};

function thePolicy({ view, input }: Ground): Policy {
  return findPolicy(view, text(input, 'PolicyArn'));
}

function ownPolicy(ground: Ground): Policy {
  const policy = thePolicy(ground);
  if (ground.iam.policies.now.get(policy.arn)) return policy;
  throw new Refusal('InvalidInput', `Policy ${policy.arn} is managed by AWS and can't be changed.`);
}

function theVersion(policy: Policy, { input }: Ground): Policy['versions'][number] {
  const id = text(input, 'VersionId');
  const version = policy.versions.find((one) => one.id === id);
  if (version) return version;
  throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
}

function versionShape(policy: Policy, { id, createdAt }: Policy['versions'][number]): Shape {
  return {
    VersionId: id,
    IsDefaultVersion: id === policy.defaultVersion,
    CreateDate: isoSeconds(createdAt),
  };
}

function checkedDocument({ input }: Ground): string {
  const document = text(input, 'PolicyDocument');
  statementsOf(document);
  if (charactersOf(document) <= QUOTA.managedPolicyCharacters) return document;
  throw limitExceeded(`Cannot exceed quota for PolicySize: ${QUOTA.managedPolicyCharacters}`);
}

function createPolicy(ground: Ground): Policy {
  const { iam, view, ids, home, input, at } = ground;
  const name = text(input, 'PolicyName');
  const path = optional(input, 'Path') ?? '/';
  const arn = arnIn(home, 'iam', `policy${path}${name}`);
  const document = checkedDocument(ground);
  // A name is taken whatever the path.
  if (view.policies.all().some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw alreadyExists(`A policy called ${name}`);
  const policy: Policy = {
    name,
    path,
    arn,
    id: ids.principal('ANPA', name),
    description: optional(input, 'Description'),
    createdAt: at,
    updatedAt: at,
    versions: [{ id: 'v1', document, createdAt: at }],
    defaultVersion: 'v1',
  };
  iam.policies.put(arn, policy);
  return policy;
}

/** Groups, users and roles that have the policy, in one row for the paging. */
function entitiesOf(ground: Ground): Shape {
  const { view, input } = ground;
  const { arn } = thePolicy(ground);
  const filter = optional(input, 'EntityFilter');
  const usage = optional(input, 'PolicyUsageFilter');
  const has = (one: Identity & { boundary?: string }) =>
    (usage !== 'PermissionsBoundary' && one.attached.includes(arn)) ||
    (usage !== 'PermissionsPolicy' && one.boundary === arn);
  const kinds = { Group: view.groups, User: view.users, Role: view.roles };
  const entities = Object.entries(kinds).flatMap(([kind, readers]) =>
    filter === undefined || filter === kind
      ? readers
          .all()
          .filter(has)
          .map(({ name, id }) => ({ kind, shape: { [`${kind}Name`]: name, [`${kind}Id`]: id } }))
      : [],
  );
  const { items, rest } = paged(ground, entities);
  const of = (kind: string) => items.filter((one) => one.kind === kind).map(({ shape }) => shape);
  return { PolicyGroups: of('Group'), PolicyUsers: of('User'), PolicyRoles: of('Role'), ...rest };
}
