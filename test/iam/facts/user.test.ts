import { describe, expect, it } from 'vitest';
import { boundaryOf, changeByGroup } from '../../../src/domain/policy/from-facts.ts';
import { DAY, HOUR } from '../../../src/domain/time.ts';
import { allowing, NOW, stage } from './stage.ts';

const [born, used] = [new Date(NOW - 90 * DAY), new Date(NOW - HOUR)];

describe('what a user is and has', () => {
  it('is read in full', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.policy({ name: 'Limit', document: allowing('s3:*') });
    const { arn, id } = aws.given.user({
      name: 'ana',
      path: '/staff/',
      createdAt: born,
      tags: { owner: 'ben@example.com', team: '' },
      boundary: 'Limit',
      groups: ['readers', 'ops'],
      attached: ['IAMReadOnlyAccess'],
      inline: { own: allowing('sqs:*') },
      password: 'example',
      passwordResetRequired: true,
      passwordLastUsed: used,
      keys: [
        { id: 'AKIAEXAMPLE11', lastUsed: used },
        { id: 'AKIAEXAMPLE12', status: 'Inactive', createdAt: used },
      ],
      sshKeys: ['APKAEXAMPLE01'],
      certificates: [{ id: 'CERTEXAMPLE01', status: 'Inactive' }],
      serviceCredentials: [
        { id: 'ACCAEXAMPLE01', service: 'bedrock.amazonaws.com', expiresAt: new Date(NOW + DAY) },
      ],
      mfa: [
        'arn:aws:iam::111122223333:mfa/ana',
        'arn:aws:iam::111122223333:u2f/user/ana/key',
        'GAHT12345678',
      ],
    });
    const known = (value: unknown) => ({ is: 'known', at: NOW, value });
    const since = born.getTime();
    expect(await facts.userFacts('ana', asking)).toMatchObject({
      user: 'ana',
      identity: known({
        name: 'ana',
        id,
        arn,
        path: '/staff/',
        createdAt: since,
        passwordLastUsed: used.getTime(),
        boundary: 'arn:aws:iam::111122223333:policy/Limit',
        tags: { owner: 'ben@example.com', team: '' },
      }),
      groups: known(['readers', 'ops']),
      password: known({ createdAt: since, mustBeChanged: true }),
      mfa: known([
        { serial: 'arn:aws:iam::111122223333:mfa/ana', kind: 'virtual', enabledAt: since },
        { serial: 'arn:aws:iam::111122223333:u2f/user/ana/key', kind: 'passkey', enabledAt: since },
        { serial: 'GAHT12345678', kind: 'hardware', enabledAt: since },
      ]),
      accessKeys: known([
        {
          id: 'AKIAEXAMPLE11',
          status: 'Active',
          createdAt: since,
          lastUse: known({ at: used.getTime(), service: 's3', region: 'us-east-1' }),
        },
        { id: 'AKIAEXAMPLE12', status: 'Inactive', createdAt: used.getTime(), lastUse: known(null) },
      ]),
      sshKeys: known([{ id: 'APKAEXAMPLE01', status: 'Active', uploadedAt: since }]),
      certificates: known([{ id: 'CERTEXAMPLE01', status: 'Inactive', uploadedAt: since }]),
      serviceCredentials: known([
        expect.objectContaining({
          id: 'ACCAEXAMPLE01',
          service: 'bedrock.amazonaws.com',
          status: 'Active',
          createdAt: since,
          expiresAt: NOW + DAY,
        }),
      ]),
      boundary: known({
        name: 'Limit',
        kind: 'customer-managed',
        arn: 'arn:aws:iam::111122223333:policy/Limit',
        document: expect.objectContaining({ is: 'known' }),
      }),
      attached: known([expect.objectContaining({ name: 'IAMReadOnlyAccess', kind: 'aws-managed' })]),
      inline: known([expect.objectContaining({ name: 'own', kind: 'inline' })]),
    });
  });

  it('is read to the end of every list', async () => {
    const { aws, facts, asking } = await stage({ pageSize: 1 });
    aws.given.user({
      name: 'ana',
      groups: ['a', 'b', 'c'],
      attached: ['IAMReadOnlyAccess', 'SecurityAudit'],
      inline: { x: allowing('x:Y'), y: allowing('x:Y') },
      keys: ['AKIAEXAMPLE11', 'AKIAEXAMPLE12'],
      sshKeys: ['APKAEXAMPLE01', 'APKAEXAMPLE02'],
      certificates: ['CERTEXAMPLE01', 'CERTEXAMPLE02'],
      serviceCredentials: ['ACCAEXAMPLE01', 'ACCAEXAMPLE02'],
      mfa: ['GAHT1', 'GAHT2'],
    });
    const user = await facts.userFacts('ana', asking);
    const lists = [
      ...[user.groups, user.mfa, user.attached, user.inline],
      ...[user.accessKeys, user.sshKeys, user.certificates, user.serviceCredentials],
    ];
    const lengths = lists.map((fact) => (fact.is === 'known' ? fact.value.length : fact.is));
    expect(lengths).toEqual([3, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('says so when there is none of it', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.user({ name: 'ana' });
    const user = await facts.userFacts('ana', asking);
    expect(user.password).toMatchObject({ is: 'known', value: null });
    expect(user.boundary).toMatchObject({ is: 'known', value: null });
    for (const fact of [user.groups, user.mfa, user.accessKeys, user.sshKeys, user.serviceCredentials])
      expect(fact).toMatchObject({ is: 'known', value: [] });
  });
});

describe('a user of whom not all can be read', () => {
  it.each([
    ['GetUser', 'identity', 'iam:GetUser'],
    ['ListGroupsForUser', 'groups', 'iam:ListGroupsForUser'],
    ['GetLoginProfile', 'password', 'iam:GetLoginProfile'],
    ['ListMFADevices', 'mfa', 'iam:ListMFADevices'],
    ['ListAccessKeys', 'accessKeys', 'iam:ListAccessKeys'],
    ['ListSSHPublicKeys', 'sshKeys', 'iam:ListSSHPublicKeys'],
    ['ListSigningCertificates', 'certificates', 'iam:ListSigningCertificates'],
    ['ListServiceSpecificCredentials', 'serviceCredentials', 'iam:ListServiceSpecificCredentials'],
    ['ListAttachedUserPolicies', 'attached', 'iam:ListAttachedUserPolicies'],
    ['ListUserPolicies', 'inline', 'iam:ListUserPolicies'],
  ] as const)('says for %s which permission it takes, and goes on', async (action, part, permission) => {
    const { aws, facts, asking } = await stage();
    aws.given.user({ name: 'ana', keys: ['AKIAEXAMPLE11'] });
    aws.faults.iam(action, 1, { code: 'AccessDenied', status: 403 });
    const { user: _, ...parts } = await facts.userFacts('ana', asking);
    expect(parts[part]).toMatchObject({ is: 'not-allowed', permission });
    const unread = Object.values(parts).filter(({ is }) => is !== 'known');
    // Without GetUser the boundary isn't known either.
    expect(unread).toHaveLength(part === 'identity' ? 2 : 1);
  });

  it('still has its keys where their last use cannot be read', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.user({ name: 'ana', keys: ['AKIAEXAMPLE11'] });
    aws.faults.iam('GetAccessKeyLastUsed', 1, { code: 'AccessDenied', status: 403 });
    expect((await facts.userFacts('ana', asking)).accessKeys).toMatchObject({
      is: 'known',
      value: [
        { id: 'AKIAEXAMPLE11', lastUse: { is: 'not-allowed', permission: 'iam:GetAccessKeyLastUsed' } },
      ],
    });
  });

  it('is gone in every part when it is deleted: that it has no password was no answer', async () => {
    const { facts, asking } = await stage();
    const { user, ...parts } = await facts.userFacts('ana', asking);
    expect(user).toBe('ana');
    expect(Object.values(parts).map(({ is }) => is)).toEqual(Object.values(parts).map(() => 'gone'));
  });

  it('fails in that part that AWS answers with nonsense', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.user({ name: 'ana' });
    aws.faults.iam('ListMFADevices', 1, 'cut');
    expect(await facts.userFacts('ana', asking)).toMatchObject({
      mfa: { is: 'failed' },
      groups: { is: 'known' },
    });
  });
});

describe('what a user could do before, and what the group adds', () => {
  it('is told by all of its policies, within its boundary', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.policy({
      name: 'Limit',
      document: { Statement: { Effect: 'Allow', NotAction: 'kms:*', Resource: '*' } },
    });
    aws.given.group({ name: 'runners', inline: { run: allowing('ec2:RunInstances') } });
    aws.given.group({ name: 'Passers', inline: { pass: allowing('iam:PassRole', 'kms:*') } });
    aws.given.user({
      name: 'ana',
      groups: ['runners', 'Passers'],
      attached: ['AmazonS3ReadOnlyAccess'],
      boundary: 'Limit',
    });
    const [grants, group] = await Promise.all([
      facts.userGrants('ana', asking),
      facts.groupGrants('passers', asking),
    ]);
    const change = changeByGroup(grants, group);
    expect(change).toMatchObject({ before: { is: 'narrow' }, after: { is: 'escalation' }, raised: true });
    expect(change.newReasons.map(({ id }) => id)).toEqual(['iam:PassRole + ec2:RunInstances']);
    expect(change.newGrants.map(({ action, policy }) => `${action} by ${policy.holder}`)).toEqual([
      'iam:PassRole by group passers',
    ]);
  });

  it('names what could not be read', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.user({ name: 'ana', boundary: 'AWSDenyAll' });
    aws.given.group({ name: 'ops' });
    aws.faults.iam('ListGroupsForUser', 1, { code: 'AccessDenied', status: 403 });
    aws.faults.iam('GetUser', 1, { code: 'AccessDenied', status: 403 });
    const [grants, group] = await Promise.all([
      facts.userGrants('ana', asking),
      facts.groupGrants('ops', asking),
    ]);
    const { before } = changeByGroup(grants, group);
    expect(before.doubts.map(({ why }) => why)).toEqual([
      'not allowed to read the groups of user ana: grant iam:ListGroupsForUser',
    ]);
    expect(before.boundaryDoubts.map(({ why }) => why)).toEqual([
      'not allowed to read the permissions boundary: grant iam:GetUser',
    ]);
    expect(boundaryOf({ is: 'gone', at: 0 })).toBeUndefined();
  });
});
