import { GetGroupCommand, type IAMClient, ListEntitiesForPolicyCommand } from '@aws-sdk/client-iam';
import { isNoSuchEntity } from '../aws/failure.ts';
import { everyPage } from './pages.ts';

/** Users and roles with AdministratorAccess, directly or by a group, as `user/NAME` and `role/NAME`; sorted. */
export async function readAdministrators(
  iam: IAMClient,
  partition: string,
  signal: AbortSignal,
): Promise<string[]> {
  const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  const options = { abortSignal: signal };
  const pages = await everyPage(
    (Marker) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, Marker }), options),
    (page) => [page],
  );
  const direct = pages.flatMap(({ PolicyUsers = [], PolicyRoles = [] }) => [
    ...PolicyUsers.map(({ UserName }) => `user/${UserName}`),
    ...PolicyRoles.map(({ RoleName }) => `role/${RoleName}`),
  ]);
  const groups = pages.flatMap(({ PolicyGroups = [] }) =>
    PolicyGroups.flatMap(({ GroupName }) => GroupName ?? []),
  );
  const members = await Promise.all(groups.map((group) => membersOf(iam, group, signal)));
  return [...new Set([...direct, ...members.flat().map((name) => `user/${name}`)])].sort();
}

async function membersOf(iam: IAMClient, group: string, signal: AbortSignal): Promise<string[]> {
  try {
    return await everyPage(
      (Marker) => iam.send(new GetGroupCommand({ GroupName: group, Marker }), { abortSignal: signal }),
      (page) => page.Users?.flatMap(({ UserName }) => UserName ?? []),
    );
  } catch (error) {
    if (isNoSuchEntity(error)) return []; // deleted since the list was read
    throw error;
  }
}
