import { HOUR, type Instant } from '../time.ts';
import type { Operation } from './action.ts';
import { type Snapshot, statusNow, stillHolds } from './holds.ts';
import { cutOffAt, INLINE, isOlderSessionsDocument, olderSessionsDocument } from './policies.ts';
import type { ResponseRequest, Step } from './request.ts';
import type { UserSnapshot } from './snapshot.ts';

/**
 * GetSessionToken and GetFederationToken give sessions of up to 36 hours, a role's last up to 12.
 * Source: docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
 */
const LONGEST_USER_SESSION = 36 * HOUR;
const LONGEST_ROLE_SESSION = 12 * HOUR;

/**
 * The steps that take a request back: only what it did, never what was so before, in reverse, so that the deny goes
 * last. Where somebody else has changed a thing since, its step is a `conflict` from the start. Credentials stay
 * off unless `reactivate`. Sessions that were opened while the user was contained stay dead: a deny on them is put
 * first, the other one only goes if it stands, and it is taken away when none of them can be alive any more.
 */
export function planOfUndo(
  original: ResponseRequest,
  now: Snapshot,
  { now: at, reactivate }: { now: Instant; reactivate: boolean },
): Step[] {
  const ours = original.steps.filter(isDone);
  const back = ours
    .filter(({ operation }) => reactivate || !('status' in operation))
    .toReversed()
    .flatMap((step) => reverse(step, now, at));
  const guard =
    'userId' in now && ours.some(isDeny) && mayBeAlive(ours, now, at) ? guardAgainstOldSessions(now, at) : [];
  const [first, last] = guard;
  if (!first || !last) return back;
  return [first, ...back.map((step) => (liftsDeny(step) ? { ...step, needs: first.id } : step)), last];
}

/** What an undo of the request doesn't give back, each a sentence for those who decide on it. */
export function notGivenBack(original: ResponseRequest, { reactivate }: { reactivate: boolean }): string[] {
  return original.steps.filter(isDone).flatMap(({ operation, irreversible }) => {
    if (irreversible) return [irreversible];
    return 'status' in operation && !reactivate
      ? [`${operation.id} stays inactive, since that wasn't asked for.`]
      : [];
  });
}

/**
 * Why an undoing step must not be taken: what it would take back isn't as we left it. Also to be asked just before
 * a step that had to wait. Nothing for steps that take nothing back.
 */
export function conflictOf({ undo, undoes }: Step, now: Snapshot): string | undefined {
  if (!undo || undoes === undefined) return undefined;
  if ('status' in undo) {
    const status = 'userId' in now ? statusNow(undo, now) : undefined;
    return status === undo.status ? undefined : `${undo.id} is ${status ?? 'gone'} now, not as it was left`;
  }
  return stillHolds({ operation: undo }, now) ? undefined : changed(undo);
}

function changed(left: Operation): string {
  switch (left.call) {
    case 'AttachUserPolicy':
      return `${left.policyArn} is not attached any more`;
    case 'PutUserPermissionsBoundary':
      return 'the permissions boundary was changed since';
    case 'PutUserPolicy':
    case 'PutRolePolicy':
      return `the inline policy ${left.policyName} was changed or deleted since`;
    case 'RemoveUserFromGroup':
      return `${left.user} is a member of ${left.group} again`;
    default:
      return 'it was changed since';
  }
}

function reverse(step: Step, now: Snapshot, at: Instant): Step[] {
  if (!step.undo) return [];
  const undoing: Step = {
    id: `undo:${step.id}`,
    operation: step.undo,
    undo: step.operation,
    undoes: step.id,
    state: { is: 'planned' },
    ...waitOf(step, at),
  };
  const why = conflictOf(undoing, now);
  return [why === undefined ? undoing : { ...undoing, state: { is: 'conflict', at, why } }];
}

/** A role's sessions from before the revocation would come back to life with it gone, so it goes when they can't. */
function waitOf({ operation, state }: Step, now: Instant): { notBefore?: Instant } {
  if (operation.call !== 'PutRolePolicy' || !('at' in state)) return {};
  const notBefore = cutOffAt(state.at) + LONGEST_ROLE_SESSION;
  return notBefore > now ? { notBefore } : {};
}

/**
 * Whether a session from before now may outlive the deny. No policy keeps GetSessionToken and the console's sign-in
 * from giving out sessions, so with an active key or a password the containment's age says nothing.
 */
function mayBeAlive(ours: readonly Step[], now: UserSnapshot, at: Instant): boolean {
  const last = Math.max(...ours.map(({ state }) => ('at' in state ? state.at : at)));
  const canSignIn = now.password !== undefined || now.accessKeys.some(({ status }) => status === 'Active');
  return canSignIn || at - last < LONGEST_USER_SESSION;
}

function guardAgainstOldSessions({ user, inlinePolicies }: UserSnapshot, at: Instant): [Step, Step] {
  const policyName = INLINE.olderSessions;
  const cutOff = cutOffAt(at);
  const prior = inlinePolicies[policyName];
  const put: Operation = { call: 'PutUserPolicy', user, policyName, document: olderSessionsDocument(cutOff) };
  // One of ours is left from an earlier undo, and this one covers it.
  const away: Operation =
    prior === undefined || isOlderSessionsDocument(prior)
      ? { call: 'DeleteUserPolicy', user, policyName }
      : { call: 'PutUserPolicy', user, policyName, document: prior };
  const first = { id: 'old-sessions', operation: put, undo: away, state: { is: 'planned' } } satisfies Step;
  const last = {
    id: 'old-sessions:end',
    operation: away,
    undo: put,
    undoes: first.id,
    state: { is: 'planned' },
    notBefore: cutOff + LONGEST_USER_SESSION,
    needs: first.id,
  } satisfies Step;
  return [first, last];
}

const isDone = ({ state }: Step): boolean => state.is === 'applied' || state.is === 'by-hand';

const isDeny = ({ id }: Pick<Step, 'id'>): boolean => id === 'deny' || id.startsWith('deny:');

const liftsDeny = ({ undoes }: Step): boolean => undoes !== undefined && isDeny({ id: undoes });
