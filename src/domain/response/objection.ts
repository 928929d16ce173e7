import type { Instant } from '../time.ts';
import { type Snapshot, sameName } from './holds.ts';
import { isSamePrincipal, protectionOf } from './protected.ts';
import type { ResponseRequest } from './request.ts';

/** All that a request is weighed by before its first write; gathered by reads only. */
export interface Preflight {
  request: Pick<ResponseRequest, 'action' | 'account' | 'pinned'>;
  /** For an undo: the request that it takes back. */
  original?: Pick<ResponseRequest, 'action' | 'snapshot'>;
  /** The user or role concerned, as it is now. */
  snapshot: Snapshot | 'gone';
  /** Of removing from a group, and of taking that back: the group as it is now. */
  group?: { id: string; createdAt: Instant } | 'gone';
  /** Whose credentials read, and whose write where there are such. */
  us: readonly { account: string; arn: string }[];
  /** Users and roles that AdministratorAccess is attached to, directly or by a group: `user/NAME`, `role/NAME`. */
  administrators: readonly string[];
  protectedPrincipals: readonly string[];
  /** When what the alert is about happened. */
  eventTime: Instant;
  /** What shows that the user was in the group before the event, in words; nothing when nothing does. */
  earlierMembership?: string;
}

/** Why a request must not be carried out, as a clause for people, or nothing. The names in it are hostile text. */
export function objectionTo(preflight: Preflight): string | undefined {
  return objectionToTarget(preflight) ?? objectionToAction(preflight);
}

/** Whatever is to be done: never elsewhere, to another one of the same name, to what is protected, or to ourselves. */
function objectionToTarget(preflight: Preflight): string | undefined {
  const { request, snapshot, us, protectedPrincipals } = preflight;
  const elsewhere = us.find(({ account }) => account !== request.account);
  if (elsewhere)
    return `the credentials are of account ${elsewhere.account}, but the alert is of ${request.account}`;
  if (snapshot === 'gone') return 'it does not exist any more';
  if (snapshot.arn.split(':')[4] !== request.account)
    return `${snapshot.arn} is not of account ${request.account}`;
  const protection = protectionOf(snapshot, protectedPrincipals);
  if (protection) return `${snapshot.arn} is protected: ${protection}`;
  if (us.some(({ arn }) => isSamePrincipal(snapshot.arn, arn)))
    return `${snapshot.arn} is what Groupwatch itself uses`;
  return objectionToIdentity(preflight, snapshot);
}

/** A name can be given anew; only the unique id tells who it is. */
function objectionToIdentity(
  { request, original, eventTime }: Preflight,
  snapshot: Snapshot,
): string | undefined {
  const acted = original?.snapshot;
  if (!('userId' in snapshot)) {
    const { roleId } = snapshot;
    return acted && 'role' in acted && acted.role.roleId !== roleId
      ? `the role was deleted and created again: ${acted.role.roleId} is ${roleId} now`
      : undefined;
  }
  const { userId, createdAt } = snapshot;
  const pinned = acted && 'user' in acted ? acted.user.userId : request.pinned?.userId;
  if (pinned !== undefined && pinned !== userId)
    return `the user was deleted and created again: ${pinned} is ${userId} now`;
  return !acted && createdAt > eventTime
    ? 'the user was created after what the alert is about, so it is another one of the same name'
    : undefined;
}

function objectionToAction(preflight: Preflight): string | undefined {
  const { request, snapshot, administrators } = preflight;
  const { action } = request;
  if (snapshot === 'gone') return undefined;
  switch (action.do) {
    case 'disable-user': {
      const [last, ...others] = administrators;
      return last !== undefined && others.length === 0 && sameName(last, `user/${action.user}`)
        ? 'it is the last one with AdministratorAccess: nobody could administer the account any more'
        : undefined;
    }
    case 'remove-from-group':
      return objectionToRemoval(preflight, snapshot, action.group);
    case 'revoke-sessions':
      return 'roleId' in snapshot && /^AWS(ReservedSSO_|ServiceRoleFor)/i.test(snapshot.role)
        ? 'AWS protects the roles of Identity Center and of its services'
        : undefined;
    case 'undo':
      return objectionToUndo(preflight);
  }
}

function objectionToRemoval(
  { request, group, eventTime, earlierMembership }: Preflight,
  snapshot: Snapshot,
  name: string,
): string | undefined {
  if (group === undefined || group === 'gone') return 'the group does not exist any more';
  const pinned = request.pinned?.groupId;
  if (pinned !== undefined && pinned !== group.id)
    return `the group was deleted and created again: ${pinned} is ${group.id} now`;
  if (group.createdAt > eventTime)
    return 'the group was created after what the alert is about: it is another one';
  if (!('groups' in snapshot) || !snapshot.groups.some((one) => sameName(one.name, name)))
    return 'the user is not a member of the group any more';
  return (
    earlierMembership &&
    `the user was in the group before, so the alert's addition changed nothing: ${earlierMembership}`
  );
}

function objectionToUndo({ original, group }: Preflight): string | undefined {
  if (!original) return 'the request that it takes back is not on record';
  const { action, snapshot } = original;
  if (action.do === 'undo') return 'a restoration is not taken back: ask for the action again instead';
  if (action.do !== 'remove-from-group') return undefined;
  const was =
    snapshot && 'user' in snapshot
      ? snapshot.user.groups.find(({ name }) => sameName(name, action.group))
      : undefined;
  if (group === undefined || group === 'gone') return 'the group does not exist any more';
  return was?.id === group.id
    ? undefined
    : `the group was deleted and created again: ${was?.id ?? 'unknown'} is ${group.id} now`;
}
