import { describe, expect, it } from 'vitest';
import { planOf, wayAround } from '../../../src/domain/response/plan.ts';
import { DENY_ALL_DOCUMENT, olderSessionsDocument } from '../../../src/domain/response/policies.ts';
import type { Step } from '../../../src/domain/response/request.ts';
import { SECOND } from '../../../src/domain/time.ts';
import { aRole, aUser, credential, DENY, NOW } from '../../support/responses.ts';

const disable = { do: 'disable-user', user: 'bob', deletePassword: false } as const;
const at = { partition: 'aws', now: NOW };
const outline = (steps: Step[]) => steps.map(({ id, state }) => `${id} ${state.is}`);

describe('disabling a user', () => {
  it('denies first, then switches every credential off, and leaves password, MFA and groups alone', () => {
    expect(outline(planOf(disable, aUser(), at))).toEqual([
      'deny planned',
      'key:AKIAEXAMPLE01 planned',
      'key:AKIAEXAMPLE02 planned',
      'service:ACCAEXAMPLE01 planned',
      'ssh:APKAEXAMPLE01 planned',
      'certificate:CERTEXAMPLE01 planned',
    ]);
  });

  it('marks what is so already, and passes over what has expired', () => {
    const user = aUser({
      attachedPolicies: [DENY],
      accessKeys: [credential('AKIAEXAMPLE01', 'Inactive')],
      serviceCredentials: [credential('ACCAEXAMPLE01', 'Expired')],
      sshKeys: [],
      certificates: [credential('CERTEXAMPLE01', 'Inactive'), credential('CERTEXAMPLE02')],
    });
    expect(outline(planOf(disable, user, at))).toEqual([
      'deny preexisting',
      'key:AKIAEXAMPLE01 preexisting',
      'certificate:CERTEXAMPLE01 preexisting',
      'certificate:CERTEXAMPLE02 planned',
    ]);
  });

  it.each(['aws', 'aws-us-gov', 'aws-cn'])('takes the AWSDenyAll of the partition %s', (partition) => {
    const [deny] = planOf(disable, aUser(), { partition, now: NOW });
    const policyArn = `arn:${partition}:iam::aws:policy/AWSDenyAll`;
    expect(deny).toMatchObject({
      operation: { call: 'AttachUserPolicy', user: 'bob', policyArn },
      undo: { call: 'DetachUserPolicy', user: 'bob', policyArn },
    });
  });

  it('says of every step what takes it back', () => {
    for (const step of planOf(disable, aUser(), at)) expect(step.undo, step.id).toBeDefined();
  });

  it('deletes the password only when that is asked for, and says that it is lost', () => {
    const steps = planOf({ ...disable, deletePassword: true }, aUser(), at);
    const last = steps.at(-1);
    expect(last).toMatchObject({ id: 'password', operation: { call: 'DeleteLoginProfile', user: 'bob' } });
    expect(last?.undo).toBeUndefined();
    expect(last?.irreversible).toMatch(/password of bob is gone for good/);
  });

  it('loses nothing where there is no password', () => {
    const steps = planOf({ ...disable, deletePassword: true }, aUser({ password: undefined }), at);
    expect(steps.at(-1)).toEqual({
      id: 'password',
      operation: { call: 'DeleteLoginProfile', user: 'bob' },
      state: { is: 'preexisting', at: NOW },
    });
  });
});

describe('taking a user out of a group', () => {
  it('finds the group whatever the letter case, and writes its name as it is', () => {
    expect(planOf({ do: 'remove-from-group', user: 'bob', group: 'ADMINS' }, aUser(), at)).toEqual([
      {
        id: 'group:admins',
        operation: { call: 'RemoveUserFromGroup', user: 'bob', group: 'admins' },
        undo: { call: 'AddUserToGroup', user: 'bob', group: 'admins' },
        state: { is: 'planned' },
      },
    ]);
  });

  it('has nothing to do for who is no member', () => {
    const steps = planOf({ do: 'remove-from-group', user: 'bob', group: 'readers' }, aUser(), at);
    expect(outline(steps)).toEqual(['group:readers preexisting']);
  });
});

describe("revoking a role's sessions", () => {
  const revoke = { do: 'revoke-sessions', role: 'Deploy' } as const;
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-24T12:00:30Z' } },
      },
    ],
  });

  it('denies all to sessions from before half a minute from now', () => {
    expect(planOf(revoke, aRole(), at)).toEqual([
      {
        id: 'sessions',
        operation: { call: 'PutRolePolicy', role: 'Deploy', policyName: 'AWSRevokeOlderSessions', document },
        undo: { call: 'DeleteRolePolicy', role: 'Deploy', policyName: 'AWSRevokeOlderSessions' },
        state: { is: 'planned' },
      },
    ]);
  });

  it('brings an older revocation back when it is undone', () => {
    const prior = olderSessionsDocument(NOW - 3_600 * SECOND);
    const [step] = planOf(revoke, aRole({ inlinePolicies: { AWSRevokeOlderSessions: prior } }), at);
    expect(step).toMatchObject({
      operation: { document },
      undo: { call: 'PutRolePolicy', document: prior },
      state: { is: 'planned' },
    });
  });

  it('never dates it earlier than half a minute from now', () => {
    const [step] = planOf(revoke, aRole(), { partition: 'aws', now: NOW + 1 });
    expect(step?.operation).toMatchObject({ document: olderSessionsDocument(NOW + 31 * SECOND) });
  });
});

describe('a plan of a target that the snapshot is not of', () => {
  it.each([
    [disable, aRole()],
    [{ do: 'remove-from-group', user: 'bob', group: 'admins' } as const, aRole()],
    [{ do: 'revoke-sessions', role: 'Deploy' } as const, aUser()],
  ])('is empty: %o', (action, snapshot) => {
    expect(planOf(action, snapshot, at)).toEqual([]);
  });
});

describe('the way around a full quota', () => {
  const [deny] = planOf(disable, aUser(), at);
  const around = (step: Step | undefined, user = aUser()) => step && wayAround(step, { user });

  it('is the permissions boundary first', () => {
    expect(around(deny)).toEqual({
      id: 'deny:boundary',
      operation: { call: 'PutUserPermissionsBoundary', user: 'bob', policyArn: DENY },
      undo: { call: 'DeleteUserPermissionsBoundary', user: 'bob' },
      state: { is: 'planned' },
    });
  });

  it('brings the old boundary back when it is undone', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/Developers';
    expect(around(deny, aUser({ boundary }))?.undo).toEqual({
      call: 'PutUserPermissionsBoundary',
      user: 'bob',
      policyArn: boundary,
    });
  });

  it('finds a boundary that denies everything already', () => {
    expect(around(deny, aUser({ boundary: DENY }))?.state.is).toBe('preexisting');
  });

  it('is an inline policy then, and nothing after it', () => {
    const inline = around(around(deny));
    expect(inline).toEqual({
      id: 'deny:inline',
      operation: {
        call: 'PutUserPolicy',
        user: 'bob',
        policyName: 'GroupwatchDenyAll',
        document: DENY_ALL_DOCUMENT,
      },
      undo: { call: 'DeleteUserPolicy', user: 'bob', policyName: 'GroupwatchDenyAll' },
      state: { is: 'planned' },
    });
    expect(around(inline)).toBeUndefined();
    expect(JSON.parse(DENY_ALL_DOCUMENT).Statement).toEqual([{ Effect: 'Deny', Action: '*', Resource: '*' }]);
  });

  it("puts somebody else's inline policy of that name back when it is undone", () => {
    const theirs = aUser({ inlinePolicies: { GroupwatchDenyAll: '{"theirs":1}' } });
    expect(around(around(deny, theirs), theirs)?.undo).toMatchObject({
      call: 'PutUserPolicy',
      document: '{"theirs":1}',
    });
  });

  it('is none for other steps, and none without a snapshot of a user', () => {
    const [, key] = planOf(disable, aUser(), at);
    expect(around(key)).toBeUndefined();
    expect(deny && wayAround(deny, { role: aRole() })).toBeUndefined();
    expect(deny && wayAround(deny, undefined)).toBeUndefined();
  });
});
