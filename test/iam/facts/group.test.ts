import { describe, expect, it } from 'vitest';
import { policiesOf } from '../../../src/domain/policy/from-facts.ts';
import { judge } from '../../../src/domain/policy/verdict.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { allowing, NOW, stage } from './stage.ts';

describe('what a group grants', () => {
  it('is read from its policies: of AWS, of the account, and its own', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.policy({ name: 'Deploy', document: allowing('iam:PassRole'), before: [allowing('s3:Get*')] });
    aws.given.group({
      name: 'ops',
      path: '/staff/',
      attached: ['Deploy', 'AmazonS3ReadOnlyAccess'],
      inline: { Run: allowing('ec2:RunInstances') },
      createdAt: new Date(NOW - MINUTE),
    });
    aws.given.user({ name: 'ana', groups: ['ops'] });
    const group = await facts.groupGrants('ops', asking);
    const document = (text: object, more: object = {}) => ({
      is: 'known',
      at: NOW,
      value: { text: JSON.stringify(text), ...more },
    });
    expect(group).toMatchObject({
      group: 'ops',
      unread: 0,
      identity: {
        is: 'known',
        at: NOW,
        value: {
          name: 'ops',
          arn: 'arn:aws:iam::111122223333:group/staff/ops',
          path: '/staff/',
          createdAt: NOW - MINUTE,
          members: ['ana'],
        },
      },
      inline: {
        value: [{ name: 'Run', kind: 'inline', document: document(allowing('ec2:RunInstances')) }],
      },
      attached: {
        value: [
          {
            name: 'Deploy',
            kind: 'customer-managed',
            arn: 'arn:aws:iam::111122223333:policy/Deploy',
            document: document(allowing('iam:PassRole'), { version: 'v2' }),
          },
          { name: 'AmazonS3ReadOnlyAccess', kind: 'aws-managed', document: { value: { version: 'v3' } } },
        ],
      },
    });
    const verdict = judge(policiesOf(group, 'group ops'));
    expect(verdict.reasons.map(({ id }) => id)).toEqual(['iam:PassRole + ec2:RunInstances']);
    expect(verdict.reasons[0]?.grants.map(({ policy }) => policy)).toEqual([
      { name: 'Deploy', arn: 'arn:aws:iam::111122223333:policy/Deploy', holder: 'group ops' },
      { name: 'Run', holder: 'group ops' },
    ]);
  });

  it('is read to the end of every list', async () => {
    const { aws, facts, asking } = await stage({ pageSize: 2 });
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) {
      aws.given.policy({ name, document: allowing(`x:${name}`) });
      aws.given.user({ name: `user-${name}`, groups: ['big'] });
    }
    aws.given.group({
      name: 'big',
      attached: names,
      inline: Object.fromEntries(names.map((name) => [`in-${name}`, allowing(`y:${name}`)])),
    });
    for (const name of names) aws.iam('AddUserToGroup', { UserName: `user-${name}`, GroupName: 'big' });
    const { identity, attached, inline } = await facts.groupGrants('big', asking);
    if (identity.is !== 'known' || attached.is !== 'known' || inline.is !== 'known')
      throw new Error('unread');
    expect(identity.value.members.sort()).toEqual(names.map((name) => `user-${name}`));
    expect(attached.value.map(({ name }) => name)).toEqual(names);
    expect(inline.value.map(({ name }) => name)).toEqual(names.map((name) => `in-${name}`));
    expect(judge(policiesOf({ attached, inline }, 'group big')).grants).toHaveLength(10);
  });

  it('is found whatever the letter case, and is remembered under any', async () => {
    const { aws, facts, asking, calls } = await stage();
    aws.given.group({ name: 'Admins', attached: ['AdministratorAccess'] });
    expect((await facts.groupGrants('admins', asking)).identity).toMatchObject({ value: { name: 'Admins' } });
    calls();
    await facts.groupGrants('ADMINS', asking);
    expect(calls()).toEqual([]);
  });
});

describe('a group of which not all can be read', () => {
  it('says which permission is missing, and what else there is', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.policy({ name: 'Deploy', document: allowing('*') });
    aws.given.group({ name: 'ops', attached: ['Deploy'], inline: { Read: allowing('s3:Get*') } });
    aws.faults.iam('GetPolicyVersion', 1, { code: 'AccessDenied', status: 403, message: 'no <b>way</b>' });
    aws.faults.iam('GetGroup', 1, { code: 'AccessDenied', status: 403 });
    const group = await facts.groupGrants('ops', asking);
    expect(group.identity).toMatchObject({ is: 'not-allowed', permission: 'iam:GetGroup', at: NOW });
    expect(group.attached).toMatchObject({
      value: [{ document: { is: 'not-allowed', permission: 'iam:GetPolicyVersion', why: 'no <b>way</b>' } }],
    });
    expect(judge(policiesOf(group, 'group ops'))).toMatchObject({
      is: 'broad-write',
      doubts: [
        {
          policy: { name: 'Deploy' },
          why: 'not allowed to read the policy Deploy: grant iam:GetPolicyVersion',
        },
      ],
    });
  });

  it('counts as broad when not even the lists can be read', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.group({ name: 'ops' });
    aws.faults.iam('ListAttachedGroupPolicies', 1, { code: 'AccessDenied', status: 403 });
    aws.faults.iam('ListGroupPolicies', 1, { code: 'ServiceFailure', status: 500, message: 'not now' });
    const { is, doubts } = judge(policiesOf(await facts.groupGrants('ops', asking), 'group ops'));
    expect(is).toBe('broad-write');
    expect(doubts.map(({ why }) => why)).toEqual([
      'not allowed to read the attached policies of group ops: grant iam:ListAttachedGroupPolicies',
      expect.stringMatching(/^reading the inline policies of group ops failed: ServiceFailure.*: not now$/),
    ]);
  });

  it('is gone when it is deleted, and looked for again the next time', async () => {
    const { aws, facts, asking } = await stage();
    const before = await facts.groupGrants('ops', asking);
    expect(before).toMatchObject({
      identity: { is: 'gone' },
      attached: { is: 'gone' },
      inline: { is: 'gone' },
    });
    expect(judge(policiesOf(before, 'group ops'))).toMatchObject({ is: 'nothing', doubts: [] });
    aws.given.group({ name: 'ops', attached: ['AdministratorAccess'] });
    const after = await facts.groupGrants('ops', asking);
    expect(judge(policiesOf(after, 'group ops')).is).toBe('administrator');
  });

  it('shows an AWS policy for what it is, by its ARN, when its document cannot be read', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.group({ name: 'ops', attached: ['AdministratorAccess'] });
    aws.faults.iam('GetPolicy', 1, { code: 'AccessDenied', status: 403 });
    const verdict = judge(policiesOf(await facts.groupGrants('ops', asking), 'group ops'));
    expect(verdict).toMatchObject({
      is: 'administrator',
      doubts: [],
      reasons: [{ grants: [{ byArn: true }] }],
    });
  });

  it('is read through throttling, by the SDK', async () => {
    const { aws, facts, asking } = await stage({}, { maxAttempts: 3 });
    aws.given.group({ name: 'ops', attached: ['AdministratorAccess'] });
    aws.faults.iam('ListAttachedGroupPolicies', 1, { code: 'Throttling', status: 400 });
    expect(judge(policiesOf(await facts.groupGrants('ops', asking), 'group ops')).is).toBe('administrator');
  });

  it('keeps a document that is none, which then counts as broad', async () => {
    const { aws, facts, asking } = await stage();
    aws.given.group({ name: 'ops', inline: { odd: '{"Statement": <!channel>' } });
    const group = await facts.groupGrants('ops', asking);
    expect(group.inline).toMatchObject({
      value: [{ document: { value: { text: '{"Statement": <!channel>' } } }],
    });
    expect(judge(policiesOf(group, 'group ops')).is).toBe('broad-write');
  });
});
