import { optional, structures, text } from '../wire/input.ts';
import type { Tags, User } from './entities.ts';
import { findPolicy, findUser } from './iam.ts';
import { type Ground, type IamOperations, list, read, write } from './operation.ts';
import { QUOTA, roomFor } from './quotas.ts';
import { alreadyExists, deleteConflict } from './refusals.ts';
import { tagShapes, userDetail, userShape } from './shapes.ts';
import { onAll, onNew, onUser } from './target.ts';

/** Users, their boundary and their tags. */
export const USER_OPERATIONS: IamOperations = {
  GetUser: read(['UserName?'], onUser, ({ home, ...ground }) => ({
    User: userDetail(home, theUser(ground)),
  })),
  ListUsers: list('Users', [], onAll('User'), ({ view, home, input }) =>
    view.users
      .all()
      .filter(({ path }) => path.startsWith(optional(input, 'PathPrefix') ?? '/'))
      .map((one) => userShape(home, one)),
  ),
  ListUserTags: list('Tags', ['UserName'], onUser, (ground) => tagShapes(theUser(ground).tags)),
  CreateUser: write(['UserName'], onNew('User'), (ground) => ({
    User: userDetail(ground.home, createUser(ground)),
  })),
  DeleteUser: write(['UserName?'], onUser, (ground) => {
    const user = theUser(ground);
    const first = firstOf(user);
    if (first) throw deleteConflict(first);
    ground.iam.users.put(user.name, undefined);
  }),
  TagUser: write(['UserName'], onUser, (ground) => {
    const user = theUser(ground);
    const tags = { ...user.tags, ...tagsOf(ground) };
    roomFor(Object.keys(tags).length - 1, QUOTA.tags, 'TagsPerUser');
    ground.iam.users.put(user.name, { ...user, tags });
  }),
  PutUserPermissionsBoundary: write(['UserName', 'PermissionsBoundary'], onUser, (ground) => {
    const boundary = findPolicy(ground.view, text(ground.input, 'PermissionsBoundary')).arn;
    ground.iam.users.put(theUser(ground).name, { ...theUser(ground), boundary });
  }),
  // IAM's reference names no refusal for a user without a boundary.
  DeleteUserPermissionsBoundary: write(['UserName'], onUser, (ground) => {
    ground.iam.users.put(theUser(ground).name, { ...theUser(ground), boundary: undefined });
  }),
};

/** The user of a call. Refuses with NoSuchEntity. */
export function theUser({ view, input }: Pick<Ground, 'view' | 'input'>): User {
  return findUser(view, text(input, 'UserName'));
}

/** Tags as a call gives them. */
export function tagsOf({ input }: Ground): Tags {
  return Object.fromEntries(
    structures(input, 'Tags').map((tag) => [text(tag, 'Key'), optional(tag, 'Value') ?? '']),
  );
}

function createUser(ground: Ground): User {
  const { iam, view, ids, input, at } = ground;
  const name = text(input, 'UserName');
  if (view.users.get(name)) throw alreadyExists(`User with name ${name}`);
  const boundary = optional(input, 'PermissionsBoundary');
  const user: User = {
    name,
    path: optional(input, 'Path') ?? '/',
    id: ids.principal('AIDA', name),
    createdAt: at,
    attached: [],
    inline: [],
    tags: tagsOf(ground),
    boundary: boundary && findPolicy(view, boundary).arn,
    groups: [],
    credentials: [],
    mfa: [],
  };
  iam.users.put(name, user);
  return user;
}

/** What IAM wants done before a user can be deleted; a boundary and tags go with it. */
function firstOf(user: User): string | undefined {
  const has = (kind: string) => user.credentials.some((one) => one.kind === kind);
  if (user.attached.length > 0) return 'detach all policies';
  if (user.inline.length > 0) return 'delete policies';
  if (user.groups.length > 0) return 'remove users from group';
  if (user.login) return 'delete login profile';
  if (user.mfa.length > 0) return 'delete MFA device';
  if (has('accessKey')) return 'delete access keys';
  if (has('sshKey')) return 'delete SSH public keys';
  if (has('certificate')) return 'delete signing certificates';
  return has('serviceCredential') ? 'delete service-specific credentials' : undefined;
}
