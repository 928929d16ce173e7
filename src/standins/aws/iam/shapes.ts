import type { Home } from '../home.ts';
import type { Group, Policy, Role, Tags, User } from './entities.ts';
import { arnOf, type Iam } from './iam.ts';
import type { Shape } from './operation.ts';

/** A user as lists show it. */
export function userShape(home: Home, user: User): Shape {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: arnOf(home, 'User', user),
    CreateDate: isoSeconds(user.createdAt),
    PasswordLastUsed: user.passwordUsedAt === undefined ? undefined : isoSeconds(user.passwordUsedAt),
  };
}

/** With boundary and tags, which lists leave out. */
export function userDetail(home: Home, user: User): Shape {
  return { ...userShape(home, user), ...boundaryAndTags(user) };
}

/** A group. */
export function groupShape(home: Home, group: Group): Shape {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: arnOf(home, 'Group', group),
    CreateDate: isoSeconds(group.createdAt),
  };
}

/** A role, with its trust policy. */
export function roleShape(home: Home, role: Role): Shape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: arnOf(home, 'Role', role),
    CreateDate: isoSeconds(role.createdAt),
    AssumeRolePolicyDocument: encoded(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSeconds,
    ...boundaryAndTags(role),
  };
}

/** A managed policy, with how often it is attached. */
export function policyShape({ now }: Iam, policy: Policy): Shape {
  const identities = [...now.users.all(), ...now.groups.all(), ...now.roles.all()];
  const bounded = [...now.users.all(), ...now.roles.all()];
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: identities.filter(({ attached }) => attached.includes(policy.arn)).length,
    PermissionsBoundaryUsageCount: bounded.filter(({ boundary }) => boundary === policy.arn).length,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: isoSeconds(policy.createdAt),
    UpdateDate: isoSeconds(policy.updatedAt),
  };
}

/** Tags as a list. */
export function tagShapes(tags: Tags): Shape[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** IAM gives documents URL-encoded by RFC 3986, which encodes more than JavaScript does. */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A time as IAM and CloudTrail write it: `2026-11-24T03:27:23Z`. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function boundaryAndTags({ boundary, tags }: { boundary?: string; tags: Tags }): Shape {
  return {
    PermissionsBoundary: boundary && {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: boundary,
    },
    Tags: Object.keys(tags).length > 0 ? tagShapes(tags) : undefined,
  };
}
