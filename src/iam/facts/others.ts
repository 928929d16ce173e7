import { GetRoleCommand, type IAMClient, ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import type { RoleIdentity } from '../../domain/facts.ts';
import { everyPage, given } from './pages.ts';
import type { MakeReading, Reading } from './reading.ts';
import { tagsOf } from './user.ts';

/** How roles are read, and the names that there are. */
export interface OtherReadings {
  role: Reading<RoleIdentity>;
  users: Reading<string[]>;
  groups: Reading<string[]>;
}

export function otherReadings(client: IAMClient, reading: MakeReading): OtherReadings {
  return {
    role: reading<RoleIdentity>({
      permission: 'iam:GetRole',
      load: async ([RoleName], send) => {
        const { Role } = await send((options) => client.send(new GetRoleCommand({ RoleName }), options));
        return {
          name: given(Role?.RoleName, 'RoleName'),
          arn: given(Role?.Arn, 'Arn'),
          createdAt: given(Role?.CreateDate, 'CreateDate').getTime(),
          tags: tagsOf(Role?.Tags),
        };
      },
    }),
    users: reading({
      permission: 'iam:ListUsers',
      load: (_, send) =>
        everyPage(
          (Marker) =>
            send((options) => client.send(new ListUsersCommand({ Marker, MaxItems: 1_000 }), options)),
          ({ Users }) => Users?.map(({ UserName }) => given(UserName, 'UserName')),
        ),
    }),
    groups: reading({
      permission: 'iam:ListGroups',
      load: (_, send) =>
        everyPage(
          (Marker) =>
            send((options) => client.send(new ListGroupsCommand({ Marker, MaxItems: 1_000 }), options)),
          ({ Groups }) => Groups?.map(({ GroupName }) => given(GroupName, 'GroupName')),
        ),
    }),
  };
}
