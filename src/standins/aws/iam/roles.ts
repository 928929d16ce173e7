import { statementsOf } from '../policy/document.ts';
import { optional, text } from '../wire/input.ts';
import type { Role } from './entities.ts';
import { findPolicy, findRole } from './iam.ts';
import { modifiable } from './identities.ts';
import { type Ground, type IamOperations, list, read, write } from './operation.ts';
import { alreadyExists } from './refusals.ts';
import { roleShape, tagShapes } from './shapes.ts';
import { onNew, onRole } from './target.ts';
import { tagsOf } from './users.ts';

/** Roles, and who may assume them. */
export const ROLE_OPERATIONS: IamOperations = {
  GetRole: read(['RoleName'], onRole, (ground) => ({ Role: roleShape(ground.home, theRole(ground)) })),
  ListRoleTags: list('Tags', ['RoleName'], onRole, (ground) => tagShapes(theRole(ground).tags)),
  CreateRole: write(['RoleName', 'AssumeRolePolicyDocument'], onNew('Role'), (ground) => ({
    Role: roleShape(ground.home, createRole(ground)),
  })),
  UpdateAssumeRolePolicy: write(['RoleName', 'PolicyDocument'], onRole, (ground) => {
    const trust = text(ground.input, 'PolicyDocument');
    statementsOf(trust, 'trust');
    const role = modifiable(theRole(ground));
    ground.iam.roles.put(role.name, { ...role, trust });
  }),
};

function theRole({ view, input }: Ground): Role {
  return findRole(view, text(input, 'RoleName'));
}

function createRole(ground: Ground): Role {
  const { iam, view, ids, input, at } = ground;
  const name = text(input, 'RoleName');
  const trust = text(input, 'AssumeRolePolicyDocument');
  statementsOf(trust, 'trust');
  if (view.roles.get(name)) throw alreadyExists(`Role with name ${name}`);
  const boundary = optional(input, 'PermissionsBoundary');
  const role: Role = {
    name,
    path: optional(input, 'Path') ?? '/',
    id: ids.principal('AROA', name),
    createdAt: at,
    attached: [],
    inline: [],
    trust,
    description: optional(input, 'Description'),
    maxSeconds: Number(input.MaxSessionDuration ?? 3600),
    tags: tagsOf(ground),
    boundary: boundary && findPolicy(view, boundary).arn,
  };
  iam.roles.put(name, role);
  return role;
}
