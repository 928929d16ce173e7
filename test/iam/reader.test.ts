import { describe, expect, it } from 'vitest';
import { SourceFailure } from '../../src/ports/cloudtrail.ts';
import { ACCOUNT, iamAccount, signal } from './account.ts';

const HOSTILE = '{"Statement":[{"Sid":"100% \\"+\\" %20 é","Effect":"Deny","Action":"*","Resource":"*"}]}';
const SINCE = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));
const USED = new Date(Date.UTC(2026, 10, 24, 2));

/** A user with everything that hangs on one, several of each. */
const BOB = {
  name: 'bob',
  path: '/staff/',
  createdAt: SINCE,
  tags: { owner: 'bob@example.com', 'cost center': 'a&b' },
  boundary: 'PowerUserAccess',
  groups: ['admins', 'readers', 'ops'],
  attached: ['ReadOnlyAccess', 'AWSDenyAll', 'AmazonS3ReadOnlyAccess'],
  inline: { one: HOSTILE, two: '{}', three: '{}' },
  password: 'Example-1234',
  passwordResetRequired: true,
  passwordLastUsed: USED,
  keys: [
    { id: 'AKIAEXAMPLE11', lastUsed: USED },
    { id: 'AKIAEXAMPLE12', status: 'Inactive' as const },
  ],
  sshKeys: ['APKAEXAMPLE11', 'APKAEXAMPLE12', 'APKAEXAMPLE13'],
  certificates: ['CERTEXAMPLE11', { id: 'CERTEXAMPLE12', status: 'Inactive' as const }],
  serviceCredentials: [
    { id: 'ACCAEXAMPLE11', service: 'bedrock.amazonaws.com', expiresAt: SINCE },
    { id: 'ACCAEXAMPLE12' },
  ],
  mfa: ['GAHT12345678', `arn:aws:iam::${ACCOUNT}:mfa/bob`],
};

describe('a user', () => {
  it.each([1, 2, 1000])('is read whole, in pages of %i', async (pageSize) => {
    const { aws, reader } = await iamAccount();
    aws.knobs.pageSize = pageSize;
    const { id } = aws.given.user(BOB);
    const at = SINCE.getTime();
    const user = await reader.user('bob', signal);
    expect(user).toMatchObject({
      user: 'bob',
      userId: id,
      arn: `arn:aws:iam::${ACCOUNT}:user/staff/bob`,
      createdAt: at,
      tags: BOB.tags,
      boundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
      attachedPolicies: [
        'arn:aws:iam::aws:policy/AWSDenyAll',
        'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
      ],
      inlinePolicies: { one: HOSTILE, two: '{}', three: '{}' },
      accessKeys: [
        {
          id: 'AKIAEXAMPLE11',
          status: 'Active',
          createdAt: at,
          lastUsed: { at: USED.getTime(), service: 's3' },
        },
        { id: 'AKIAEXAMPLE12', status: 'Inactive', createdAt: at },
      ],
      sshKeys: [{ id: 'APKAEXAMPLE11', status: 'Active' }, { id: 'APKAEXAMPLE12' }, { id: 'APKAEXAMPLE13' }],
      certificates: [
        { id: 'CERTEXAMPLE11', status: 'Active' },
        { id: 'CERTEXAMPLE12', status: 'Inactive' },
      ],
      serviceCredentials: [
        { id: 'ACCAEXAMPLE11', status: 'Expired', service: 'bedrock.amazonaws.com' },
        { id: 'ACCAEXAMPLE12', status: 'Active', service: 'codecommit.amazonaws.com' },
      ],
      mfaDevices: ['GAHT12345678', `arn:aws:iam::${ACCOUNT}:mfa/bob`],
      password: { createdAt: at, resetRequired: true, lastUsedAt: USED.getTime() },
    });
    const groups = typeof user === 'string' ? [] : user.groups;
    expect(groups.map(({ name }) => name).sort()).toEqual(['admins', 'ops', 'readers']);
    expect(groups.every(({ id: groupId, createdAt }) => groupId.startsWith('AGPA') && createdAt > 0)).toBe(
      true,
    );
  });

  it('who has nothing is read as such', async () => {
    const { aws, reader } = await iamAccount();
    aws.given.user({ name: 'carl' });
    expect(await reader.user('carl', signal)).toMatchObject({
      tags: {},
      attachedPolicies: [],
      inlinePolicies: {},
      groups: [],
      accessKeys: [],
      serviceCredentials: [],
      sshKeys: [],
      certificates: [],
      mfaDevices: [],
    });
    expect(await reader.user('carl', signal)).toMatchObject({ boundary: undefined, password: undefined });
  });

  it('who is not there is gone', async () => {
    const { reader } = await iamAccount();
    expect(await reader.user('nobody', signal)).toBe('gone');
  });

  it('who is deleted while being read is gone', async () => {
    const { aws, reader } = await iamAccount();
    aws.given.user({ name: 'bob', keys: ['AKIAEXAMPLE11'] });
    aws.after('GetUser', () => aws.attacker('bob').deleteUser());
    expect(await reader.user('bob', signal)).toBe('gone');
  });

  it('loses what is deleted while being read, and no more', async () => {
    const { aws, reader } = await iamAccount();
    aws.given.user({ name: 'bob', keys: ['AKIAEXAMPLE11'], inline: { one: '{}', two: '{}' } });
    aws.after('ListUserPolicies', () => aws.iam('DeleteUserPolicy', { UserName: 'bob', PolicyName: 'one' }));
    expect(await reader.user('bob', signal)).toMatchObject({ inlinePolicies: { two: '{}' } });
  });
});

describe('a role', () => {
  it('is read with its revocation, if it has one', async () => {
    const { aws, reader } = await iamAccount();
    const { id } = aws.given.role({
      name: 'Deploy',
      path: '/ci/',
      tags: { protected: 'true' },
      maxSeconds: 7_200,
      inline: { AWSRevokeOlderSessions: HOSTILE, other: '{}' },
    });
    aws.given.role({ name: 'Plain' });
    expect(await reader.role('Deploy', signal)).toMatchObject({
      role: 'Deploy',
      roleId: id,
      arn: `arn:aws:iam::${ACCOUNT}:role/ci/Deploy`,
      path: '/ci/',
      tags: { protected: 'true' },
      inlinePolicies: { AWSRevokeOlderSessions: HOSTILE },
      maxSessionSeconds: 7_200,
    });
    expect(await reader.role('Plain', signal)).toMatchObject({ inlinePolicies: {}, tags: {}, path: '/' });
    expect(await reader.role('nobody', signal)).toBe('gone');
  });
});

describe('a group', () => {
  it('is read by its id and age', async () => {
    const { aws, reader } = await iamAccount();
    const { id } = aws.given.group({ name: 'admins', createdAt: SINCE });
    expect(await reader.group('admins', signal)).toEqual({ id, createdAt: SINCE.getTime() });
    expect(await reader.group('nobody', signal)).toBe('gone');
  });
});

describe('administrators', () => {
  it('are users and roles with AdministratorAccess, by a group too, in whatever pages', async () => {
    const { aws, reader } = await iamAccount();
    aws.knobs.pageSize = 1;
    const admin = ['AdministratorAccess'];
    aws.given.group({ name: 'admins', attached: admin });
    aws.given.group({ name: 'readers', attached: ['ReadOnlyAccess'] });
    aws.given.user({ name: 'ana', attached: admin, groups: ['admins'] });
    aws.given.user({ name: 'bob', groups: ['admins', 'readers'] });
    aws.given.user({ name: 'carl', groups: ['readers'] });
    aws.given.role({ name: 'Break-glass', attached: admin });
    expect(await reader.administrators(signal)).toEqual(['role/Break-glass', 'user/ana', 'user/bob']);
  });

  it('can be none', async () => {
    const { reader } = await iamAccount();
    expect(await reader.administrators(signal)).toEqual([]);
  });
});

describe('what cannot be read', () => {
  const denied = { code: 'AccessDenied', status: 403, message: 'no' };

  it.each([
    ['GetUser', 'user'],
    ['ListAccessKeys', 'user'],
    ['GetAccessKeyLastUsed', 'user'],
    ['GetLoginProfile', 'user'],
    ['ListServiceSpecificCredentials', 'user'],
    ['GetRolePolicy', 'role'],
    ['ListEntitiesForPolicy', 'administrators'],
  ] as const)('is told with the permission that is missing: %s', async (call, read) => {
    const { aws, reader } = await iamAccount();
    aws.given.user({ name: 'bob', keys: ['AKIAEXAMPLE11'] });
    aws.given.role({ name: 'bob' });
    aws.faults.iam(call, 1, denied);
    const reading = read === 'administrators' ? reader.administrators(signal) : reader[read]('bob', signal);
    const failure = await reading.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceFailure);
    expect(failure).toMatchObject({
      trouble: 'access-denied',
      message: expect.stringMatching(new RegExp(`AccessDenied: no; grant iam:${call}$`)),
    });
  });

  it.each([
    ['throttled', { code: 'Throttling', status: 400 }],
    ['unreachable', { code: 'ServiceFailure', status: 500 }],
    ['credentials', { code: 'InvalidClientTokenId', status: 403 }],
    ['unreachable', 'cut'],
  ] as const)('is told by its kind, when trying again did not help: %s', async (trouble, fault) => {
    const { aws, reader } = await iamAccount();
    aws.given.user({ name: 'bob' });
    aws.faults.iam('GetUser', 3, fault);
    await expect(reader.user('bob', signal)).rejects.toMatchObject({ name: 'SourceFailure', trouble });
  });

  it('is tried again by itself', async () => {
    const { aws, reader } = await iamAccount();
    aws.given.user({ name: 'bob' });
    aws.faults.iam('GetUser', 2, { code: 'ServiceFailure', status: 500 });
    expect(await reader.user('bob', signal)).toMatchObject({ user: 'bob' });
  });

  it('is given up when AWS does not answer', async () => {
    const { aws, reader } = await iamAccount({ requestTimeoutMs: 50 });
    aws.given.user({ name: 'bob' });
    aws.faults.iam('GetLoginProfile', 3, 'hang');
    await expect(reader.user('bob', signal)).rejects.toMatchObject({ trouble: 'unreachable' });
  });
});

it("is read by Groupwatch's own credentials, under its name", async () => {
  const { aws, reader } = await iamAccount();
  aws.given.user({ name: 'bob' });
  await reader.user('bob', signal);
  expect(await reader.identity(signal)).toMatchObject({ account: ACCOUNT, partition: 'aws' });
  expect(aws.calls.length).toBeGreaterThan(10);
  for (const { userAgent, accessKeyId } of aws.calls) {
    expect(userAgent).toContain('app/groupwatch');
    expect(accessKeyId).toBe('AKIAEXAMPLE01');
  }
});
