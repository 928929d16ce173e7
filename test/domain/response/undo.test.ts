import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stillHolds } from '../../../src/domain/response/holds.ts';
import { planOf, wayAround } from '../../../src/domain/response/plan.ts';
import { olderSessionsDocument } from '../../../src/domain/response/policies.ts';
import type { Step } from '../../../src/domain/response/request.ts';
import type { Credential, UserSnapshot } from '../../../src/domain/response/snapshot.ts';
import { conflictOf, notGivenBack, planOfUndo } from '../../../src/domain/response/undo.ts';
import { HOUR, SECOND } from '../../../src/domain/time.ts';
import {
  ADMINS,
  allApplied,
  applied,
  aRequest,
  aRole,
  aUser,
  credential,
  DENY,
  NOW,
} from '../../support/responses.ts';

const disable = { do: 'disable-user', user: 'bob', deletePassword: false } as const;
const outline = (steps: Step[]) => steps.map(({ id, state }) => `${id} ${state.is}`);

/** The user disabled, with everything applied, and the request that did it. */
function contained(before = aUser(), action: Parameters<typeof planOf>[0] = disable) {
  const steps = allApplied(planOf(action, before, { partition: 'aws', now: NOW }));
  const now = steps.reduce((user, { operation }) => applied(operation, user), before);
  return { request: aRequest({ action, steps, snapshot: { user: before } }), now };
}

const noSignIn = { password: undefined, accessKeys: [] };

describe('taking a containment back', () => {
  it('goes in reverse, guards against old sessions first, and lifts the deny last', () => {
    const { request, now } = contained();
    expect(outline(planOfUndo(request, now, { now: NOW + HOUR, reactivate: true }))).toEqual([
      'old-sessions planned',
      'undo:certificate:CERTEXAMPLE01 planned',
      'undo:ssh:APKAEXAMPLE01 planned',
      'undo:service:ACCAEXAMPLE01 planned',
      'undo:key:AKIAEXAMPLE02 planned',
      'undo:key:AKIAEXAMPLE01 planned',
      'undo:deny planned',
      'old-sessions:end planned',
    ]);
  });

  it('keeps credentials off unless asked, and says so', () => {
    const { request, now } = contained();
    expect(outline(planOfUndo(request, now, { now: NOW + HOUR, reactivate: false }))).toEqual([
      'old-sessions planned',
      'undo:deny planned',
      'old-sessions:end planned',
    ]);
    expect(notGivenBack(request, { reactivate: false })).toHaveLength(5);
    expect(notGivenBack(request, { reactivate: true })).toEqual([]);
  });

  it('never undoes what was so before, what failed, or what a way around replaced', () => {
    const before = aUser({
      attachedPolicies: [DENY],
      accessKeys: [credential('AKIAEXAMPLE01', 'Inactive'), credential('AKIAEXAMPLE02')],
    });
    const { request, now } = contained(before);
    const steps = request.steps.map((step): Step => {
      if (step.id.startsWith('ssh')) return { ...step, state: { is: 'failed', at: NOW, why: 'a test' } };
      if (step.id.startsWith('cert'))
        return { ...step, state: { is: 'unavailable', at: NOW, why: 'a test' } };
      return step;
    });
    expect(outline(planOfUndo({ ...request, steps }, now, { now: NOW, reactivate: true }))).toEqual([
      'undo:service:ACCAEXAMPLE01 planned',
      'undo:key:AKIAEXAMPLE02 planned',
    ]);
  });

  it('takes back what a person did by hand, too', () => {
    const { request, now } = contained(aUser(noSignIn));
    const steps = request.steps.map(
      (step): Step => ({ ...step, state: { is: 'by-hand', at: NOW, by: 'U0BEN' } }),
    );
    const undo = planOfUndo({ ...request, steps }, now, { now: NOW + 37 * HOUR, reactivate: false });
    expect(outline(undo)).toEqual(['undo:deny planned']);
  });

  it('brings no password back, and says so', () => {
    const { request, now } = contained(aUser(), { ...disable, deletePassword: true });
    const undo = planOfUndo(request, now, { now: NOW, reactivate: true });
    expect(undo.some(({ undoes }) => undoes === 'password')).toBe(false);
    expect(notGivenBack(request, { reactivate: true })).toEqual([expect.stringMatching(/gone for good/)]);
  });
});

describe('what somebody else has changed since is a conflict, and the rest goes on', () => {
  const cases: [string, (now: UserSnapshot) => UserSnapshot, conflict: string, why: RegExp][] = [
    [
      'the deny detached',
      (now) => ({ ...now, attachedPolicies: [] }),
      'undo:deny',
      /AWSDenyAll is not attached/,
    ],
    [
      'a key activated',
      (now) => ({
        ...now,
        accessKeys: [credential('AKIAEXAMPLE01'), credential('AKIAEXAMPLE02', 'Inactive')],
      }),
      'undo:key:AKIAEXAMPLE01',
      /AKIAEXAMPLE01 is Active now/,
    ],
    [
      'a key deleted',
      (now) => ({ ...now, accessKeys: [credential('AKIAEXAMPLE01', 'Inactive')] }),
      'undo:key:AKIAEXAMPLE02',
      /AKIAEXAMPLE02 is gone now/,
    ],
    [
      'a service credential expired',
      (now) => ({ ...now, serviceCredentials: [credential('ACCAEXAMPLE01', 'Expired')] }),
      'undo:service:ACCAEXAMPLE01',
      /is Expired now/,
    ],
  ];
  it.each(cases)('%s', (_, change, conflict, why) => {
    const { request, now } = contained();
    const undo = planOfUndo(request, change(now), { now: NOW, reactivate: true });
    const inConflict = undo.filter(({ state }) => state.is === 'conflict');
    expect(inConflict).toMatchObject([
      { id: conflict, state: { is: 'conflict', why: expect.stringMatching(why) } },
    ]);
    expect(undo.filter(({ state }) => state.is === 'planned')).toHaveLength(7);
  });

  it('another boundary than ours', () => {
    const before = aUser();
    const [deny] = planOf(disable, before, { partition: 'aws', now: NOW });
    const boundary = deny && wayAround(deny, { user: before });
    const request = aRequest({ steps: allApplied(boundary ? [boundary] : []), snapshot: { user: before } });
    const undo = planOfUndo(
      request,
      { ...before, boundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      { now: NOW, reactivate: false },
    );
    expect(undo.find(({ undoes }) => undoes === 'deny:boundary')?.state).toMatchObject({
      is: 'conflict',
      why: 'the permissions boundary was changed since',
    });
  });

  it('the user back in the group', () => {
    const { request, now } = contained(aUser(), { do: 'remove-from-group', user: 'bob', group: 'admins' });
    const undo = (user: UserSnapshot) => planOfUndo(request, user, { now: NOW, reactivate: false });
    expect(undo(now)).toMatchObject([
      { operation: { call: 'AddUserToGroup', user: 'bob', group: 'admins' }, state: { is: 'planned' } },
    ]);
    expect(undo({ ...now, groups: [ADMINS] })).toMatchObject([
      { state: { is: 'conflict', why: 'bob is a member of admins again' } },
    ]);
  });
});

describe('sessions that were opened before stay dead', () => {
  const undoAfter = (span: number, user: Partial<UserSnapshot> = {}) => {
    const { request, now } = contained(aUser(noSignIn));
    return planOfUndo(request, { ...now, ...user }, { now: NOW + span, reactivate: false });
  };

  it('by a deny of its own on them, until the longest of them has ended', () => {
    const [guard, lift, end] = undoAfter(HOUR);
    const document = olderSessionsDocument(NOW + HOUR + 30 * SECOND);
    expect(guard?.operation).toEqual({
      call: 'PutUserPolicy',
      user: 'bob',
      policyName: 'GroupwatchRevokeOlderSessions',
      document,
    });
    expect(lift).toMatchObject({ id: 'undo:deny', needs: 'old-sessions' });
    expect(end).toMatchObject({
      operation: { call: 'DeleteUserPolicy', policyName: 'GroupwatchRevokeOlderSessions' },
      needs: 'old-sessions',
      notBefore: NOW + 37 * HOUR + 30 * SECOND,
    });
  });

  it.each([
    ['35 hours and 59 minutes', 36 * HOUR - 60 * SECOND, {}, true],
    ['36 hours, when nothing could open a new one', 36 * HOUR, {}, false],
    [
      '36 hours, with a password that could',
      36 * HOUR,
      { password: { createdAt: 1, resetRequired: false } },
      true,
    ],
    ['36 hours, with a key that could', 36 * HOUR, { accessKeys: [credential('AKIAEXAMPLE09')] }, true],
    [
      '36 hours, with a key that is off',
      36 * HOUR,
      { accessKeys: [credential('AKIAEXAMPLE09', 'Inactive')] },
      false,
    ],
  ])('after %s', (_, span, user, guarded) => {
    const steps = undoAfter(span, user);
    expect(steps.some(({ id }) => id === 'old-sessions')).toBe(guarded);
    expect(steps.find(({ id }) => id === 'undo:deny')?.needs).toBe(guarded ? 'old-sessions' : undefined);
  });

  it('counted from the last time that the containment was mended', () => {
    const { request, now } = contained(aUser(noSignIn));
    const steps = request.steps.map(
      (step): Step => ({
        ...step,
        state: { is: 'applied', at: NOW + 2 * HOUR, reapplied: 1 },
      }),
    );
    const undo = planOfUndo({ ...request, steps }, now, { now: NOW + 37 * HOUR, reactivate: false });
    expect(undo[0]?.id).toBe('old-sessions');
  });

  it('replaces what an earlier undo has left, and leaves the end to the later one', () => {
    const left = olderSessionsDocument(NOW - HOUR);
    const { request, now } = contained(aUser({ inlinePolicies: { GroupwatchRevokeOlderSessions: left } }));
    const earlierEnd = planOfUndo(request, now, { now: NOW - HOUR - 30 * SECOND, reactivate: false }).at(-1);
    const undo = planOfUndo(request, now, { now: NOW, reactivate: false });
    const after = undo.slice(0, 1).reduce((user, { operation }) => applied(operation, user), now);
    expect(undo.at(-1)?.operation.call).toBe('DeleteUserPolicy');
    expect(earlierEnd && conflictOf(earlierEnd, now)).toBeUndefined();
    expect(earlierEnd && conflictOf(earlierEnd, after)).toMatch(/changed or deleted since/);
    const laterEnd = undo.at(-1);
    expect(laterEnd && conflictOf(laterEnd, after)).toBeUndefined();
  });

  it("puts somebody else's policy of that name back in the end", () => {
    const { request, now } = contained(
      aUser({ inlinePolicies: { GroupwatchRevokeOlderSessions: '{"theirs":1}' } }),
    );
    const undo = planOfUndo(request, now, { now: NOW, reactivate: false });
    expect(undo.at(-1)?.operation).toMatchObject({ call: 'PutUserPolicy', document: '{"theirs":1}' });
  });

  it('of a role: the revocation goes when none of them can be alive', () => {
    const [step] = allApplied(
      planOf({ do: 'revoke-sessions', role: 'Deploy' }, aRole(), { partition: 'aws', now: NOW }),
    );
    const document = step?.operation.call === 'PutRolePolicy' ? step.operation.document : '';
    const request = aRequest({
      action: { do: 'revoke-sessions', role: 'Deploy' },
      steps: step ? [step] : [],
    });
    const role = aRole({ inlinePolicies: { AWSRevokeOlderSessions: document } });
    const undo = (now: number, as = role) => planOfUndo(request, as, { now, reactivate: false });
    expect(undo(NOW + HOUR)).toMatchObject([
      { operation: { call: 'DeleteRolePolicy' }, notBefore: NOW + 12 * HOUR + 30 * SECOND },
    ]);
    expect(undo(NOW + 13 * HOUR)[0]?.notBefore).toBeUndefined();
    const renewed = aRole({ inlinePolicies: { AWSRevokeOlderSessions: olderSessionsDocument(NOW + HOUR) } });
    expect(undo(NOW, renewed)).toMatchObject([{ state: { is: 'conflict' } }]);
  });
});

const status = fc.constantFrom<Credential['status']>('Active', 'Inactive', 'Expired');
const credentials = (prefix: string, most: number) =>
  fc
    .array(status, { maxLength: most })
    .map((all) => all.map((one, index) => credential(`${prefix}EXAMPLE0${index + 1}`, one)));
const anyUser = fc.record({
  attachedPolicies: fc.subarray([DENY, 'arn:aws:iam::aws:policy/ReadOnlyAccess']).map((all) => all.sort()),
  boundary: fc.constantFrom(undefined, DENY, 'arn:aws:iam::111122223333:policy/Developers'),
  inlinePolicies: fc.dictionary(
    fc.constantFrom('mine', 'GroupwatchDenyAll', 'GroupwatchRevokeOlderSessions'),
    fc.constant('{"Statement":[]}'),
  ),
  accessKeys: credentials('AKIA', 2),
  serviceCredentials: credentials('ACCA', 3),
  sshKeys: credentials('APKA', 2),
  certificates: credentials('CERT', 2),
  password: fc.constantFrom(undefined, { createdAt: 1, resetRequired: true }),
});

describe('a containment and its undo', () => {
  it('leave a user as before, but for the password, whichever quotas are full and wherever it stopped', () => {
    fc.assert(
      fc.property(
        anyUser,
        fc.boolean(),
        fc.nat(2),
        fc.nat(40),
        fc.nat(20),
        (parts, deletePassword, full, hours, stop) => {
          const before = aUser(parts);
          const action = { ...disable, deletePassword };
          const done: Step[] = [];
          let user = before;
          const queue = planOf(action, before, { partition: 'aws', now: NOW });
          for (let step = queue.shift(); step && done.length <= stop; step = queue.shift()) {
            const depth = ['deny', 'deny:boundary'].indexOf(step.id);
            if (step.state.is === 'planned' && depth >= 0 && depth < full) {
              const around = wayAround(step, { user: before });
              if (around) queue.unshift(around);
              done.push({ ...step, state: { is: 'unavailable', at: NOW, why: 'full' } });
              continue;
            }
            if (step.state.is === 'planned') user = applied(step.operation, user);
            done.push(...allApplied([step]));
          }
          const standing = done.filter(({ state }) => state.is === 'applied' || state.is === 'preexisting');
          for (const step of standing) expect(stillHolds(step, user)).toBe(true);

          const request = aRequest({ action, steps: done, snapshot: { user: before } });
          const undo = planOfUndo(request, user, { now: NOW + hours * HOUR, reactivate: true });
          expect(undo.filter(({ state }) => state.is !== 'planned')).toEqual([]);
          for (const step of undo) {
            expect(conflictOf(step, user)).toBeUndefined();
            user = applied(step.operation, user);
            expect(stillHolds(step, user)).toBe(true);
          }
          const lost = done.some(({ id, state }) => id === 'password' && state.is === 'applied');
          expect(user).toEqual(lost ? { ...before, password: undefined } : before);
        },
      ),
    );
  });
});
