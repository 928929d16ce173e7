import { credentialsOf, type Snapshot, type StatusOperation, sameName, stillHolds } from './holds.ts';
import { INLINE, isOlderSessionsDocument, sameDocument } from './policies.ts';
import type { ResponseRequest, Step } from './request.ts';
import type { UserSnapshot } from './snapshot.ts';

/**
 * Steps that stood and no longer do: somebody undid them behind our back, and they are to be taken again. Those
 * found `preexisting` are among them, since the containment rests on them too; they stay `preexisting`, so that an
 * undo leaves them alone.
 */
export function drift({ steps }: Pick<ResponseRequest, 'steps'>, now: Snapshot): Step[] {
  return steps.filter(
    (step) => ['applied', 'by-hand', 'preexisting'].includes(step.state.is) && !stillHolds(step, now),
  );
}

/** Something that came up after the snapshot. `what` is an id, a name or an ARN: hostile text. */
export interface Newcomer {
  what: string;
  detail: string;
}

const KINDS: [StatusOperation['call'], string][] = [
  ['UpdateAccessKey', 'access key'],
  ['UpdateServiceSpecificCredential', 'service-specific credential'],
  ['UpdateSSHPublicKey', 'SSH key'],
  ['UpdateSigningCertificate', 'signing certificate'],
];

/** What the user has now and didn't have before, but for what the steps themselves put there. */
export function newcomers(before: UserSnapshot, now: UserSnapshot, steps: readonly Step[]): Newcomer[] {
  return [
    ...KINDS.flatMap(([call, kind]) => newCredentials(call, kind, before, now)),
    ...newPassword(before, now),
    ...now.mfaDevices
      .filter((device) => !before.mfaDevices.includes(device))
      .map((what) => ({ what, detail: 'new MFA device' })),
    ...now.groups
      .filter(({ name, id }) => !before.groups.some((one) => one.id === id && sameName(one.name, name)))
      .map(({ name }) => ({ what: name, detail: 'new member of this group' })),
    ...newPolicies(before, now, steps),
    ...newBoundary(before, now, steps),
  ];
}

function newCredentials(
  call: StatusOperation['call'],
  kind: string,
  before: UserSnapshot,
  now: UserSnapshot,
): Newcomer[] {
  const known = new Set(credentialsOf(call, before).map(({ id }) => id));
  return credentialsOf(call, now)
    .filter(({ id }) => !known.has(id))
    .map(({ id, status, service }) => ({
      what: id,
      detail: `new ${kind}${service ? ` for ${service}` : ''}, ${status.toLowerCase()}`,
    }));
}

function newPassword({ password: old }: UserSnapshot, { user, password }: UserSnapshot): Newcomer[] {
  return password && password.createdAt !== old?.createdAt
    ? [{ what: user, detail: 'new console password' }]
    : [];
}

function newPolicies(before: UserSnapshot, now: UserSnapshot, steps: readonly Step[]): Newcomer[] {
  const attached = now.attachedPolicies
    .filter((arn) => !before.attachedPolicies.includes(arn))
    .filter((arn) => !steps.some(({ operation: o }) => o.call === 'AttachUserPolicy' && o.policyArn === arn))
    .map((what) => ({ what, detail: 'newly attached policy' }));
  const inline = Object.entries(now.inlinePolicies).flatMap(([what, document]) => {
    const old = before.inlinePolicies[what];
    if ((old !== undefined && sameDocument(old, document)) || isOurs(what, document, steps)) return [];
    return [{ what, detail: old === undefined ? 'new inline policy' : 'inline policy with another content' }];
  });
  return [...attached, ...inline];
}

/** Ours by its content: under our name somebody else may put what they like. */
function isOurs(name: string, document: string, steps: readonly Step[]): boolean {
  if (name === INLINE.olderSessions) return isOlderSessionsDocument(document);
  return steps.some(
    ({ operation: o }) =>
      o.call === 'PutUserPolicy' && o.policyName === name && sameDocument(o.document, document),
  );
}

function newBoundary(before: UserSnapshot, now: UserSnapshot, steps: readonly Step[]): Newcomer[] {
  if (now.boundary === before.boundary) return [];
  const ours = steps.some(
    ({ operation: o }) => o.call === 'PutUserPermissionsBoundary' && o.policyArn === now.boundary,
  );
  if (ours) return [];
  return [
    now.boundary === undefined
      ? { what: before.boundary ?? '', detail: 'permissions boundary removed' }
      : { what: now.boundary, detail: 'other permissions boundary' },
  ];
}
