import { describe, expect, it } from 'vitest';
import { objectionTo, type Preflight } from '../../../src/domain/response/objection.ts';
import { HOUR } from '../../../src/domain/time.ts';
import { ACCOUNT, ADMINS, aRequest, aRole, aUser, NOW } from '../../support/responses.ts';

const reader = { account: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/groupwatch-reader/i-1` };
const writer = { account: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/groupwatch-responder/RS-1` };
const ARN = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;

/** What stands in the way of a request where nothing should, but for what a test changes. */
function objection(different: Partial<Preflight>): string | undefined {
  return objectionTo({
    request: aRequest({ pinned: { userId: 'AIDAEXAMPLE01', groupId: ADMINS.id } }),
    snapshot: aUser(),
    us: [reader, writer],
    administrators: ['user/alice', 'user/bob'],
    protectedPrincipals: [],
    eventTime: NOW - HOUR,
    ...different,
  });
}

const revoke = aRequest({ action: { do: 'revoke-sessions', role: 'Deploy' } });
const remove = aRequest({
  action: { do: 'remove-from-group', user: 'bob', group: 'Admins' },
  pinned: { userId: 'AIDAEXAMPLE01', groupId: ADMINS.id },
});
const undo = aRequest({ action: { do: 'undo', of: 'RS-0', reactivate: false } });
const group = { id: ADMINS.id, createdAt: ADMINS.createdAt };

describe('nothing stands in the way of', () => {
  it.each<[string, Partial<Preflight>]>([
    ['disabling a user', {}],
    ['disabling a user whose id could not be pinned', { request: aRequest() }],
    ['disabling who is no administrator, where there is none', { administrators: [] }],
    ['taking a user out of a group', { request: remove, group }],
    [
      'taking the only administrator out of the group again',
      { request: remove, group, administrators: ['user/bob'] },
    ],
    ["revoking a role's sessions", { request: revoke, snapshot: aRole() }],
    ['taking a containment back', { request: undo, original: aRequest({ snapshot: { user: aUser() } }) }],
    [
      'putting a user back into the group',
      {
        request: undo,
        original: { ...remove, snapshot: { user: aUser() } },
        snapshot: aUser({ groups: [] }),
        group,
      },
    ],
    [
      'a user with a tag that protects nothing',
      { snapshot: aUser({ tags: { protected: 'false', note: 'true' } }) },
    ],
    ['a user whose name only begins as a protected one', { protectedPrincipals: [ARN('user/bo')] }],
    [
      'a role that is named as a user of ours',
      { request: revoke, snapshot: aRole(), us: [{ account: ACCOUNT, arn: ARN('user/Deploy') }] },
    ],
  ])('%s', (_, different) => {
    expect(objection(different)).toBeUndefined();
  });
});

describe('a request is refused', () => {
  it.each<[string, Partial<Preflight>, RegExp]>([
    [
      'in another account',
      { us: [reader, { ...writer, account: '999988887777' }] },
      /of account 999988887777/,
    ],
    [
      'when the target is of another account',
      { snapshot: aUser({ arn: 'arn:aws:iam::999988887777:user/bob' }) },
      /not of account 111122223333/,
    ],
    ['when the target is gone', { snapshot: 'gone' }, /does not exist any more/],
    [
      'when the user was created again',
      { snapshot: aUser({ userId: 'AIDAEXAMPLE02' }) },
      /AIDAEXAMPLE01 is AIDAEXAMPLE02/,
    ],
    [
      'when the user is younger than the event, and nothing was pinned',
      { request: aRequest(), snapshot: aUser({ createdAt: NOW }) },
      /created after/,
    ],
    ['when the pinned one is younger as well', { snapshot: aUser({ createdAt: NOW }) }, /created after/],
    ['for the root user', { snapshot: aUser({ arn: ARN('root') }) }, /root user/],
    [
      'for a service-linked role',
      {
        request: revoke,
        snapshot: aRole({ arn: ARN('role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX') }),
      },
      /service-linked/,
    ],
    [
      'for a role of Identity Center',
      {
        request: revoke,
        snapshot: aRole({ arn: ARN('role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1') }),
      },
      /Identity Center/,
    ],
    [
      'for a role that is only named so',
      {
        request: revoke,
        snapshot: aRole({ role: 'awsreservedsso_A_1', arn: ARN('role/awsreservedsso_A_1') }),
      },
      /AWS protects/,
    ],
    [
      'for a configured principal',
      { protectedPrincipals: [ARN('user/alice'), ARN('user/bob')] },
      /PROTECTED_PRINCIPALS/,
    ],
    ['for one in other letter case', { protectedPrincipals: [ARN('user/BOB')] }, /PROTECTED_PRINCIPALS/],
    ['for a pattern', { protectedPrincipals: ['arn:aws:iam::*:user/b*'] }, /PROTECTED_PRINCIPALS/],
    [
      'for a pattern over paths',
      {
        protectedPrincipals: [ARN('user/break-glass/*')],
        snapshot: aUser({ arn: ARN('user/break-glass/eu/bob') }),
      },
      /PROTECTED_PRINCIPALS/,
    ],
    [
      'for a dot that is only a dot',
      { protectedPrincipals: [ARN('user/b.b'), ARN('*')] },
      /PROTECTED_PRINCIPALS has .*\*/,
    ],
    ['for the tag protected', { snapshot: aUser({ tags: { Protected: 'TRUE' } }) }, /tag Protected=TRUE/],
    [
      'for the tag groupwatch-protected on a role',
      { request: revoke, snapshot: aRole({ tags: { 'groupwatch-protected': 'true' } }) },
      /tag groupwatch-protected/,
    ],
    ["for the reader's own user", { us: [{ account: ACCOUNT, arn: ARN('user/Bob') }] }, /Groupwatch itself/],
    [
      "for the writer's own role, by its session, whatever its path",
      {
        request: revoke,
        snapshot: aRole({ role: 'groupwatch-responder', arn: ARN('role/groupwatch/groupwatch-responder') }),
      },
      /Groupwatch itself/,
    ],
    ['for the last administrator', { administrators: ['user/bob'] }, /last one with AdministratorAccess/],
    ['when the group is gone', { request: remove, group: 'gone' }, /group does not exist/],
    [
      'when the group was created again',
      { request: remove, group: { ...group, id: 'AGPAEXAMPLE02' } },
      /AGPAEXAMPLE01 is AGPAEXAMPLE02/,
    ],
    [
      'when the group is younger than the event',
      { request: remove, group: { ...group, createdAt: NOW } },
      /created after/,
    ],
    [
      'when the user left the group',
      { request: remove, group, snapshot: aUser({ groups: [] }) },
      /not a member/,
    ],
    [
      'when the membership is older than the event',
      { request: remove, group, earlierMembership: 'added on 3 May' },
      /changed nothing: added on 3 May/,
    ],
    ['for an undo of nothing', { request: undo }, /not on record/],
    ['for an undo of an undo', { request: undo, original: undo }, /ask for the action again/],
    [
      'for an undo on a user who was created again',
      { request: undo, original: aRequest({ snapshot: { user: aUser({ userId: 'AIDAEXAMPLE00' }) } }) },
      /AIDAEXAMPLE00 is AIDAEXAMPLE01/,
    ],
    [
      'for an undo on a role that was created again',
      {
        request: undo,
        original: { ...revoke, snapshot: { role: aRole({ roleId: 'AROAEXAMPLE00' }) } },
        snapshot: aRole(),
      },
      /AROAEXAMPLE00 is AROAEXAMPLE01/,
    ],
    [
      'for an undo into a group that was created again',
      {
        request: undo,
        original: { ...remove, snapshot: { user: aUser() } },
        group: { ...group, id: 'AGPAEXAMPLE02' },
      },
      /AGPAEXAMPLE01 is AGPAEXAMPLE02/,
    ],
    [
      'for an undo into a group that is gone',
      { request: undo, original: { ...remove, snapshot: { user: aUser() } }, group: 'gone' },
      /group does not exist/,
    ],
  ])('%s', (_, different, why) => {
    expect(objection(different)).toMatch(why);
  });
});
