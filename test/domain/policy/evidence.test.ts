import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/domain/policy/document.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import { judge } from '../../../src/domain/policy/verdict.ts';
import { allow, deny, named, OWN_USER, on, policy, withMfa } from './policies.ts';

const unread = (name: string, partition = 'aws'): Policy => ({
  name,
  arn: `arn:${partition}:iam::aws:policy/${name}`,
  document: { is: 'unjudgeable', why: 'not allowed to read it: grant iam:GetPolicyVersion' },
});

describe('what cannot be judged counts as broad, and is told', () => {
  it.each<[what: string, document: unknown, why: RegExp]>([
    ['text that is no JSON', 'Allow all', /not JSON/],
    ['half a document', '{"Statement": [', /not JSON/],
    ['no text', '', /not JSON/],
    ['nothing', undefined, /object/],
    ['a number', 7, /object/],
    ['a list', [], /object/],
    ['no statement', { Version: '2012-10-17' }, /Statement/],
    ['a language to come', { Version: '2030-01-01', Statement: [] }, /Version/],
    ['an element to come', { Statement: [], Unless: {} }, /Unless/],
  ])('a document: %s', (_, given, why) => {
    const { is, reasons, doubts } = judge([{ name: 'odd', document: readDocument(given) }]);
    expect(is).toBe('broad-write');
    expect(doubts).toEqual([{ policy: { name: 'odd' }, why: expect.stringMatching(why) }]);
    expect(reasons[0]?.what).toMatch(/^can't judge odd \(.+\), treated as broad$/);
  });

  it.each<[what: string, statement: unknown, why: RegExp]>([
    ['no object', 'Allow', /object/],
    ['an effect to come', { Effect: 'Audit', Action: '*', Resource: '*' }, /Effect/],
    ['an effect in small letters', { Effect: 'deny', Action: '*', Resource: '*' }, /Effect/],
    ['no action', { Effect: 'Allow', Resource: '*' }, /Action/],
    ['no resource', { Effect: 'Allow', Action: '*' }, /Resource/],
    ['both of two', { Effect: 'Deny', Action: '*', NotAction: 'iam:*', Resource: '*' }, /Action/],
    ['an empty list', { Effect: 'Allow', Action: [], Resource: '*' }, /Action/],
    ['an action that is no text', { Effect: 'Allow', Action: [7], Resource: '*' }, /Action/],
    ['an action of no service', { Effect: 'Allow', Action: 'GetObject', Resource: '*' }, /service/],
    ['a resource that is no ARN', { Effect: 'Allow', Action: '*', Resource: 'bucket' }, /ARN/],
    ['an element to come', { Effect: 'Deny', Action: '*', Resource: '*', Unless: {} }, /Unless/],
    ['a condition to come', { Effect: 'Allow', Action: '*', Resource: '*', Condition: ['x'] }, /Condition/],
  ])('a statement: %s', (_, statement, why) => {
    const document = readDocument({ Statement: [{ ...allow('s3:GetObject'), Resource: '*' }, statement] });
    const { is, doubts } = judge([{ name: 'odd', document }, policy(allow('ec2:Describe*'))]);
    expect(is).toBe('broad-write');
    expect(doubts).toMatchObject([
      { policy: { name: 'odd' }, statement: 1, why: expect.stringMatching(why) },
    ]);
  });

  it('hides nothing that could be judged', () => {
    const document = readDocument({ Statement: [{ Effect: '?' }, { ...allow('iam:*'), Resource: '*' }] });
    expect(judge([{ name: 'odd', document }]).is).toBe('administrator');
  });

  it.each(['*', '*:*'])('but for a refusal of everything, which is sure: %s', (all) => {
    expect(judge([{ name: 'odd', document: readDocument('?') }, policy(deny(all))])).toMatchObject({
      is: 'nothing',
      reasons: [],
      grants: [],
      doubts: [{ policy: { name: 'odd' } }],
    });
  });
});

describe('a policy of AWS whose document cannot be read is known by its ARN', () => {
  it.each([
    ['AdministratorAccess', 'aws', 'administrator'],
    ['AdministratorAccess', 'aws-cn', 'administrator'],
    ['IAMFullAccess', 'aws-us-gov', 'administrator'],
    ['PowerUserAccess', 'aws', 'broad-write'],
    ['AWSDenyAll', 'aws', 'nothing'],
  ])('%s in %s', (name, partition, is) => {
    const verdict = judge([unread(name, partition)]);
    expect(verdict).toMatchObject({ is, doubts: [] });
    for (const grant of verdict.reasons.flatMap(({ grants }) => grants)) expect(grant.byArn).toBe(true);
  });

  it('but not by its name, nor one that is not known', () => {
    const own = {
      ...unread('AdministratorAccess'),
      arn: 'arn:aws:iam::111122223333:policy/AdministratorAccess',
    };
    for (const one of [
      own,
      unread('SecurityAudit'),
      unread('constructor'),
      { ...unread('x'), arn: undefined },
    ])
      expect(judge([one])).toMatchObject({
        is: 'broad-write',
        doubts: [{ why: /grant iam:GetPolicyVersion/ }],
      });
  });

  it('and is read where it can be', () => {
    const read = { ...unread('AdministratorAccess'), document: policy(allow('s3:Get*')).document };
    expect(judge([read]).is).toBe('narrow');
  });
});

describe('the evidence', () => {
  it('names policy, statement, action and resource as they are written', () => {
    const powers = named('Powers', allow('S3:Get*'), {
      Sid: 'Own',
      NotAction: ['IAM:*', 'organizations:*'],
      NotResource: 'arn:aws:s3:::vault',
    });
    const { reasons } = judge([{ ...powers, arn: 'arn:aws:iam::1:policy/Powers', holder: 'group admins' }]);
    expect(reasons[0]?.grants[0]).toEqual({
      policy: { name: 'Powers', arn: 'arn:aws:iam::1:policy/Powers', holder: 'group admins' },
      statement: 1,
      sid: 'Own',
      action: 'NotAction IAM:*, organizations:*',
      resource: 'NotResource arn:aws:s3:::vault',
      conditions: [],
      access: 'write',
    });
  });

  it('tells what holds under a condition only, and prefers what always does', () => {
    const conditional = judge([policy(withMfa(allow('*')))]);
    expect(conditional.reasons[0]).toMatchObject({
      conditional: true,
      grants: [{ conditions: ['aws:MultiFactorAuthPresent'] }],
    });
    const both = judge([policy(withMfa(allow('*')), allow('*'))]);
    expect(both.reasons[0]).toMatchObject({
      conditional: false,
      grants: [{ statement: 1 }, { statement: 0 }],
    });
    const half = judge([policy(withMfa(allow('iam:PassRole')), allow('ec2:RunInstances'))]);
    expect(half.reasons[0]?.conditional).toBe(true);
    expect(judge([policy({ ...allow('*'), Condition: {} })]).reasons[0]?.conditional).toBe(false);
  });

  it('lists all that is allowed, what writes and is widest first', () => {
    const { grants } = judge([
      policy(
        allow('s3:GetObject', 's3:List*'),
        on(allow('sqs:SendMessage'), 'arn:aws:sqs:*:*:jobs'),
        withMfa(allow('sns:Publish')),
        allow('sns:*', 'ses:SendEmail'),
        deny('s3:L*'),
      ),
    ]);
    expect(grants.map(({ action, access }) => `${access} ${action}`)).toEqual([
      'write sns:*',
      'write ses:SendEmail',
      'write sqs:SendMessage',
      'write sns:Publish',
      'read s3:GetObject',
    ]);
  });
});

describe('within a permissions boundary', () => {
  const admin = policy(allow('*'));
  it.each<[what: string, boundary: Policy, is: string, because?: string]>([
    ['that allows all', policy(allow('*')), 'administrator', 'everything'],
    [
      'that leaves out IAM',
      policy({ NotAction: ['iam:*', 'organizations:*'] }),
      'broad-write',
      'write: every service',
    ],
    ['that refuses IAM', policy(allow('*'), deny('iam:*')), 'broad-write', 'write: every service'],
    ['of one service', policy(allow('s3:*')), 'broad-write', 'write: s3'],
    ['of one action of IAM', policy(allow('iam:AttachUserPolicy')), 'escalation', 'iam:AttachUserPolicy'],
    ['of IAM on oneself', policy(on(allow('iam:*'), OWN_USER)), 'escalation', 'iam:AttachUserPolicy'],
    [
      'of IAM on one role',
      policy(on(allow('iam:*'), 'arn:aws:iam::1:role/a')),
      'escalation',
      'iam:AttachRolePolicy',
    ],
    ['of one bucket', policy(on(allow('s3:*'), 'arn:aws:s3:::a')), 'narrow'],
    ['that reads only', policy(allow('s3:Get*', 'ec2:Describe*')), 'narrow'],
    ['that allows nothing', policy(), 'nothing'],
    ['that refuses all', policy(allow('*'), deny('*')), 'nothing'],
  ])('%s', (_, boundary, is, because) => {
    const verdict = judge([admin], boundary);
    expect({ is: verdict.is, because: verdict.reasons[0]?.id }).toEqual({ is, because });
  });

  it('gives nothing by itself', () => {
    expect(judge([], admin).is).toBe('nothing');
    expect(judge([policy(allow('s3:GetObject'))], admin).is).toBe('narrow');
  });

  it('carries its condition over', () => {
    const { reasons } = judge([admin], policy(withMfa(allow('iam:*'))));
    expect(reasons[0]).toMatchObject({
      conditional: true,
      grants: [{ conditions: ['aws:MultiFactorAuthPresent'] }],
    });
  });

  it('that cannot be judged is none, and this is told', () => {
    const odd = { name: 'limit', document: readDocument('?') };
    expect(judge([admin], odd)).toMatchObject({
      is: 'administrator',
      doubts: [],
      boundaryDoubts: [{ policy: { name: 'limit' }, why: 'it is not JSON' }],
    });
  });
});
