import { optional, text } from '../wire/input.ts';
import type { Group } from './entities.ts';
import { findGroup } from './iam.ts';
import { type Ground, type IamOperations, list, read, write } from './operation.ts';
import { paged } from './paging.ts';
import { QUOTA, roomFor } from './quotas.ts';
import { alreadyExists, deleteConflict, noSuchEntity } from './refusals.ts';
import { groupShape, userShape } from './shapes.ts';
import { onAll, onGroup, onNew, onUser } from './target.ts';
import { theUser } from './users.ts';

/** Groups, and who is in them. */
export const GROUP_OPERATIONS: IamOperations = {
  GetGroup: read(['GroupName'], onGroup, (ground) => {
    const group = theGroup(ground);
    const { items, rest } = paged(ground, ground.iam.membersOf(ground.view, group));
    return {
      Group: groupShape(ground.home, group),
      Users: items.map((one) => userShape(ground.home, one)),
      ...rest,
    };
  }),
  ListGroups: list('Groups', [], onAll('Group'), ({ view, home }) =>
    view.groups.all().map((one) => groupShape(home, one)),
  ),
  ListGroupsForUser: list('Groups', ['UserName'], onUser, (ground) =>
    theUser(ground)
      .groups.map((name) => ground.view.groups.get(name))
      .filter((one) => one !== undefined)
      .map((one) => groupShape(ground.home, one)),
  ),
  CreateGroup: write(['GroupName'], onNew('Group'), (ground) => ({
    Group: groupShape(ground.home, createGroup(ground)),
  })),
  DeleteGroup: write(['GroupName'], onGroup, (ground) => {
    const group = theGroup(ground);
    if (ground.iam.membersOf(ground.view, group).length > 0) throw deleteConflict('remove users from group');
    if (group.attached.length > 0) throw deleteConflict('detach all policies');
    if (group.inline.length > 0) throw deleteConflict('delete policies');
    ground.iam.groups.put(group.name, undefined);
  }),
  /** Adding a member again changes nothing and is no error. */
  AddUserToGroup: write(['GroupName', 'UserName'], onGroup, (ground) => {
    const group = theGroup(ground);
    const user = theUser(ground);
    if (!user.groups.includes(group.name.toLowerCase()))
      roomFor(user.groups.length, QUOTA.groupsPerUser, 'GroupsPerUser');
    ground.iam.setMember(user, group, true);
  }),
  RemoveUserFromGroup: write(['GroupName', 'UserName'], onGroup, (ground) => {
    const group = theGroup(ground);
    const user = theUser(ground);
    if (ground.knobs.refuseNonMembers && !user.groups.includes(group.name.toLowerCase()))
      throw noSuchEntity(`The user with name ${user.name} is not in group ${group.name}.`);
    ground.iam.setMember(user, group, false);
  }),
};

function theGroup({ view, input }: Ground): Group {
  return findGroup(view, text(input, 'GroupName'));
}

function createGroup({ iam, view, ids, input, at }: Ground): Group {
  const name = text(input, 'GroupName');
  if (view.groups.get(name)) throw alreadyExists(`Group with name ${name}`);
  const group: Group = {
    name,
    path: optional(input, 'Path') ?? '/',
    id: ids.principal('AGPA', name),
    createdAt: at,
    attached: [],
    inline: [],
  };
  iam.groups.put(name, group);
  return group;
}
