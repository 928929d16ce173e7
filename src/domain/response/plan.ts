import type { Instant } from '../time.ts';
import type { Operation, ResponseAction } from './action.ts';
import { credentialsOf, type Snapshot, type StatusOperation, sameName, stillHolds } from './holds.ts';
import { cutOffAt, DENY_ALL_DOCUMENT, denyAllArn, INLINE, olderSessionsDocument } from './policies.ts';
import type { ResponseRequest, Step } from './request.ts';
import type { UserSnapshot } from './snapshot.ts';

/** Everything that can be planned from a snapshot alone; taking back is planned from what was done, in `undo.ts`. */
export type PlannedAction = Exclude<ResponseAction, { do: 'undo' }>;

/**
 * The steps that an action takes, in their order. What is so already is among them as `preexisting`, so that the
 * approvers see it and an undo leaves it alone. Empty when the snapshot isn't of the action's target.
 */
export function planOf(
  action: PlannedAction,
  snapshot: Snapshot,
  { partition, now }: { partition: string; now: Instant },
): Step[] {
  if (action.do === 'revoke-sessions')
    return 'roleId' in snapshot ? [revocation(snapshot.role, snapshot.inlinePolicies, now)] : [];
  if (!('userId' in snapshot)) return [];
  return action.do === 'disable-user'
    ? disabling(snapshot, partition, action.deletePassword)
    : [removal(snapshot, action.group)];
}

/** The deny comes first: one call stops every credential, and keeps the user from undoing the rest. */
function disabling(user: UserSnapshot, partition: string, deletePassword: boolean): Step[] {
  const policyArn = denyAllArn(partition);
  const deny = stepOf(
    'deny',
    { call: 'AttachUserPolicy', user: user.user, policyArn },
    { call: 'DetachUserPolicy', user: user.user, policyArn },
  );
  return [
    deny,
    ...credentialsOff('key', 'UpdateAccessKey', user),
    ...credentialsOff('service', 'UpdateServiceSpecificCredential', user),
    ...credentialsOff('ssh', 'UpdateSSHPublicKey', user),
    ...credentialsOff('certificate', 'UpdateSigningCertificate', user),
    ...(deletePassword ? [passwordGone(user.user)] : []),
  ].map((step) => asFound(step, user));
}

/** `Expired` credentials are left alone: they are off, and can't be set to anything. */
function credentialsOff(prefix: string, call: StatusOperation['call'], user: UserSnapshot): Step[] {
  return credentialsOf(call, user)
    .filter(({ status }) => status !== 'Expired')
    .map(({ id }) => {
      const to = (status: 'Active' | 'Inactive') => ({ call, user: user.user, id, status });
      return stepOf(`${prefix}:${id}`, to('Inactive'), to('Active'));
    });
}

function passwordGone(user: string): Step {
  const irreversible = `The password of ${user} is gone for good: AWS can't be asked for it. Giving console access back means a new password.`;
  return {
    id: 'password',
    operation: { call: 'DeleteLoginProfile', user },
    irreversible,
    state: { is: 'planned' },
  };
}

function removal(user: UserSnapshot, named: string): Step {
  const group = user.groups.find(({ name }) => sameName(name, named))?.name ?? named;
  const step = stepOf(
    `group:${group}`,
    { call: 'RemoveUserFromGroup', user: user.user, group },
    { call: 'AddUserToGroup', user: user.user, group },
  );
  return asFound(step, user);
}

/** Renews the date if the policy is there already; then an undo puts the older date back. */
function revocation(role: string, inline: Record<string, string>, now: Instant): Step {
  const policyName = INLINE.roleSessions;
  const prior = inline[policyName];
  return stepOf(
    'sessions',
    { call: 'PutRolePolicy', role, policyName, document: olderSessionsDocument(cutOffAt(now)) },
    prior === undefined
      ? { call: 'DeleteRolePolicy', role, policyName }
      : { call: 'PutRolePolicy', role, policyName, document: prior },
  );
}

/**
 * What to do instead of a step that a quota stood in the way of: AWSDenyAll as the permissions boundary, which has
 * a place of its own, and then as an inline policy. `before` is the request's snapshot; it knows the boundary that
 * an undo brings back.
 */
export function wayAround({ operation }: Step, before: ResponseRequest['snapshot']): Step | undefined {
  if (!before || !('user' in before)) return undefined;
  const { user, boundary, inlinePolicies } = before.user;
  if (operation.call === 'AttachUserPolicy') {
    const step = stepOf(
      'deny:boundary',
      { call: 'PutUserPermissionsBoundary', user, policyArn: operation.policyArn },
      boundary === undefined
        ? { call: 'DeleteUserPermissionsBoundary', user }
        : { call: 'PutUserPermissionsBoundary', user, policyArn: boundary },
    );
    return asFound(step, before.user);
  }
  if (operation.call === 'PutUserPermissionsBoundary') {
    const policyName = INLINE.denyAll;
    const prior = inlinePolicies[policyName];
    const step = stepOf(
      'deny:inline',
      { call: 'PutUserPolicy', user, policyName, document: DENY_ALL_DOCUMENT },
      prior === undefined
        ? { call: 'DeleteUserPolicy', user, policyName }
        : { call: 'PutUserPolicy', user, policyName, document: prior },
    );
    return asFound(step, before.user);
  }
  return undefined;
}

function stepOf(id: string, operation: Operation, undo: Operation): Step {
  return { id, operation, undo, state: { is: 'planned' } };
}

/** Of what is so already nothing is lost, either. */
function asFound(step: Step, user: UserSnapshot): Step {
  if (!stillHolds(step, user)) return step;
  const { irreversible: _, ...found } = step;
  return { ...found, state: { is: 'preexisting', at: user.takenAt } };
}
