import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/domain/policy/document.ts';
import { judge } from '../../../src/domain/policy/verdict.ts';
import { POLICIES } from '../../bench/policy.ts';
import { allow, deny, OWN_USER, on, policy, type Written, withMfa } from './policies.ts';

type Row = [what: string, statements: Written[], is: string, because?: string];

/** One policy a row: its verdict, and the first reason for it. */
function table(rows: Row[]): void {
  it.each(rows)('%s', (_, statements, is, because) => {
    const verdict = judge([policy(...statements)]);
    expect({ is: verdict.is, because: verdict.reasons[0]?.id }).toEqual({ is, because });
  });
}

const except = (...actions: string[]): Written => ({ NotAction: actions });

describe('administrator rights', () => {
  const admin = 'administrator';
  table([
    ['every action', [allow('*')], admin, 'everything'],
    ['every action, written otherwise', [allow('*:*')], admin, 'everything'],
    ['stars in a row', [allow('**')], admin, 'everything'],
    ['a single statement that is no list', [{ Action: '*', Resource: '*' }], admin, 'everything'],
    ['all of IAM', [allow('iam:*')], admin, 'iam:*'],
    ['all of IAM in other letters', [allow('IAM:*')], admin, 'iam:*'],
    ['all of IAM among others', [allow('s3:Get*', 'iam:*', 'sqs:*')], admin, 'iam:*'],
    ['all of IAM on all of its resources', [on(allow('iam:*'), 'arn:aws:iam::*:*')], admin, 'iam:*'],
    ['all of IAM in one account', [on(allow('iam:*'), 'arn:aws:iam::111122223333:*')], admin, 'iam:*'],
    ['all of IAM in GovCloud', [on(allow('iam:*'), 'arn:aws-us-gov:iam::*:*')], admin, 'iam:*'],
    ['all of IAM in China', [on(allow('iam:*'), 'arn:aws-cn:iam::*:*')], admin, 'iam:*'],
    ['all of IAM in any partition', [on(allow('iam:*'), 'arn:*:iam::*:*')], admin, 'iam:*'],
    ['all but something else', [except('s3:DeleteBucket')], admin, 'everything'],
    ['all but a corner of IAM', [except('iam:CreateUser')], admin, 'everything'],
    ['all but much of IAM', [except('iam:C*', 'iam:P*', 'iam:*Group*')], admin, 'everything'],
    [
      'everywhere but in one bucket',
      [{ Action: '*', NotResource: 'arn:aws:s3:::vault/*' }],
      admin,
      'everything',
    ],
    [
      'everywhere but for one user',
      [{ Action: '*', NotResource: 'arn:aws:iam::*:user/glass' }],
      admin,
      'everything',
    ],
    ['a refusal of something else', [allow('*'), deny('s3:*')], admin, 'everything'],
    [
      'a refusal that leaves a way',
      [allow('*'), deny('iam:CreateUser', 'iam:PutUserPolicy')],
      admin,
      'everything',
    ],
    ['a refusal under a condition', [allow('*'), withMfa(deny('*'))], admin, 'everything'],
    [
      'a refusal for one user',
      [allow('iam:*'), on(deny('iam:*'), 'arn:aws:iam::*:user/root')],
      admin,
      'iam:*',
    ],
    ['under a condition', [withMfa(allow('*'))], admin, 'everything'],
  ]);
});

describe('a path of escalation', () => {
  const path = 'escalation';
  const passing = (service: string | string[]): Written => ({
    Action: 'iam:PassRole',
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  table([
    ['to attach a policy', [allow('iam:AttachUserPolicy')], path, 'iam:AttachUserPolicy'],
    ['whatever the case', [allow('IAM:attachUSERpolicy')], path, 'iam:AttachUserPolicy'],
    ['by a wildcard inside a name', [allow('iam:Attach*Policy')], path, 'iam:AttachUserPolicy'],
    ['by a question mark', [allow('iam:PutGroupPolic?')], path, 'iam:PutGroupPolicy'],
    ['by a wildcard at the front', [allow('iam:*LoginProfile')], path, 'iam:CreateLoginProfile'],
    ['on users only', [on(allow('iam:*'), 'arn:aws:iam::*:user/*')], path, 'iam:AttachUserPolicy'],
    [
      'on its own user, where that is enough',
      [on(allow('iam:PutUserPolicy'), OWN_USER)],
      path,
      'iam:PutUserPolicy',
    ],
    [
      'to write a new version',
      [on(allow('iam:CreatePolicyVersion'), 'arn:aws:iam::1:policy/x')],
      path,
      'iam:CreatePolicyVersion',
    ],
    [
      'to go back to an old version',
      [allow('iam:SetDefaultPolicyVersion')],
      path,
      'iam:SetDefaultPolicyVersion',
    ],
    ['to join a group', [allow('iam:AddUserToGroup')], path, 'iam:AddUserToGroup'],
    ['to let itself into a role', [allow('iam:UpdateAssumeRolePolicy')], path, 'iam:UpdateAssumeRolePolicy'],
    ["to make others' keys", [allow('iam:CreateAccessKey')], path, 'iam:CreateAccessKey'],
    ["to wake others' keys", [allow('iam:UpdateAccessKey')], path, 'iam:UpdateAccessKey'],
    [
      'to make API keys of services',
      [allow('iam:CreateServiceSpecificCredential')],
      path,
      'iam:CreateServiceSpecificCredential',
    ],
    [
      "to take away others' second factor",
      [allow('iam:DeactivateMFADevice')],
      path,
      'iam:DeactivateMFADevice',
    ],
    [
      'to drop the boundary',
      [allow('iam:DeleteUserPermissionsBoundary')],
      path,
      'iam:DeleteUserPermissionsBoundary',
    ],
    ['to drop a refusal', [allow('iam:DetachUserPolicy')], path, 'iam:DetachUserPolicy'],
    ['into any role', [allow('sts:AssumeRole')], path, 'sts:AssumeRole'],
    [
      'into any role of an account',
      [on(allow('sts:*'), 'arn:aws:iam::111122223333:role/*')],
      path,
      'sts:AssumeRole',
    ],
    ['through code of a function', [allow('lambda:UpdateFunctionCode')], path, 'lambda:UpdateFunctionCode'],
    [
      'through a shell',
      [on(allow('ssm:StartSession'), 'arn:aws:ec2:*:*:instance/*')],
      path,
      'ssm:StartSession',
    ],
    ['through all of a service', [allow('codebuild:*')], path, 'codebuild:StartBuild'],
    ['over the organization', [allow('organizations:*')], path, 'organizations:*'],
    [
      'through a session of a code interpreter',
      [allow('bedrock-agentcore:*CodeInterpreter*')],
      path,
      'bedrock-agentcore:StartCodeInterpreterSession + bedrock-agentcore:InvokeCodeInterpreter',
    ],
    [
      'with a passed role',
      [allow('iam:PassRole', 'ec2:RunInstances')],
      path,
      'iam:PassRole + ec2:RunInstances',
    ],
    [
      'with a passed role, in two statements',
      [allow('lambda:*'), on(allow('iam:PassRole'), 'arn:aws:iam::1:role/app')],
      path,
      'iam:PassRole + lambda:CreateFunction',
    ],
    [
      'with a passed role and two actions',
      [allow('iam:PassRole', 'ecs:RunTask', 'ecs:Register*')],
      path,
      'iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask',
    ],
    [
      'with a passed role and PowerUserAccess',
      [except('iam:*', 'organizations:*', 'account:*'), allow('iam:PassRole')],
      path,
      'iam:PassRole + apprunner:CreateService',
    ],
    [
      'with a role for that service',
      [passing('lambda.amazonaws.com'), allow('lambda:CreateFunction')],
      path,
      'iam:PassRole + lambda:CreateFunction',
    ],
    [
      'with a role for that service in China',
      [passing(['x', 'lambda.amazonaws.com.cn']), allow('lambda:CreateFunction')],
      path,
      'iam:PassRole + lambda:CreateFunction',
    ],
    [
      'that a refusal on something else leaves open',
      [allow('iam:AttachUserPolicy'), deny('iam:AttachRolePolicy')],
      path,
      'iam:AttachUserPolicy',
    ],
    [
      'that a refusal of all but one group leaves open',
      [allow('*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:iam::1:group/a' }],
      path,
      'iam:AttachGroupPolicy',
    ],
    [
      'that a refusal for one group leaves open',
      [allow('iam:AddUserToGroup'), on(deny('iam:*'), 'arn:aws:iam::*:group/admins')],
      path,
      'iam:AddUserToGroup',
    ],
  ]);

  it('is not open to one who lacks half of it, or has it for another service', () => {
    const open = (...statements: Written[]) => judge([policy(...statements)]).is;
    expect(open(allow('iam:PassRole'))).toBe('narrow');
    expect(open(allow('ec2:RunInstances'))).toBe('narrow');
    expect(open(passing('ecs.amazonaws.com'), allow('lambda:CreateFunction'))).toBe('narrow');
    expect(open(allow('iam:PassRole', 'ec2:RunInstances'), deny('iam:Pass*'))).toBe('narrow');
    expect(open(on(allow('iam:AttachUserPolicy'), 'arn:aws:s3:::bucket'))).toBe('narrow');
  });

  it('is every one that is open, each with the statements that open it', () => {
    const { reasons } = judge([policy({ Sid: 'Deploy', Action: ['iam:PassRole', 'ec2:RunInstances'] })]);
    expect(reasons).toEqual([
      {
        is: 'escalation',
        id: 'iam:PassRole + ec2:RunInstances',
        what: 'iam:PassRole + ec2:RunInstances: acts with the rights of a role that something runs under',
        conditional: false,
        grants: ['iam:PassRole', 'ec2:RunInstances'].map((action) => ({
          policy: { name: 'test', arn: undefined, holder: undefined },
          statement: 0,
          sid: 'Deploy',
          action,
          resource: '*',
          conditions: [],
          access: 'write',
        })),
      },
    ]);
  });
});

describe('broad write access', () => {
  const broad = 'broad-write';
  const ten = [
    'Put',
    'Delete',
    'Create',
    'Update',
    'Tag',
    'Untag',
    'Abort',
    'Restore',
    'Replicate',
    'Bypass',
  ];
  table([
    ['PowerUserAccess', [except('iam:*', 'organizations:*', 'account:*')], broad, 'write: every service'],
    ['everything but IAM', [allow('*'), deny('iam:*')], broad, 'write: every service'],
    ['a sensitive service', [allow('s3:*')], broad, 'write: s3'],
    ['one of its writing verbs', [allow('s3:Put*')], broad, 'write: s3'],
    ['all of its resources', [on(allow('s3:*'), 'arn:aws:s3:::*')], broad, 'write: s3'],
    ['all of a kind', [on(allow('dynamodb:*'), 'arn:aws:dynamodb:*:*:table/*')], broad, 'write: dynamodb'],
    ['a kind in one Region', [on(allow('kms:*'), 'arn:aws:kms:eu-west-1:1:key/*')], broad, 'write: kms'],
    ['all but some', [{ Action: 'kms:*', NotResource: 'arn:aws:kms:*:*:key/a' }], broad, 'write: kms'],
    ['three other services', [allow('sqs:*', 'sns:*', 'ses:*')], broad, 'write: several services'],
    ['ten actions by name', [allow(...ten.map((verb) => `s3:${verb}Thing`))], broad, 'write: s3'],
    ['with a refusal of some', [allow('s3:*'), deny('s3:DeleteBucket')], broad, 'write: s3'],
    ['of what a refusal leaves', [allow('*'), { Effect: 'Deny', NotAction: 's3:*' }], broad, 'write: s3'],
    ['under a condition', [withMfa(allow('rds:*'))], broad, 'write: rds'],
  ]);

  it('is told once where it is every service, and by name where it is not', () => {
    const ids = (...statements: Written[]) =>
      judge([policy(...statements)])
        .reasons.map(({ id }) => id)
        .sort();
    expect(ids(except('iam:*'))).toEqual(['write: every service']);
    expect(ids(allow('sqs:*', 's3:*', 'rds:*'))).toEqual([
      'write: rds',
      'write: s3',
      'write: several services',
    ]);
  });
});

describe('narrow access', () => {
  const narrow = 'narrow';
  table([
    ['one bucket', [on(allow('s3:*'), 'arn:aws:s3:::reports', 'arn:aws:s3:::reports/*')], narrow],
    ['functions of a name', [on(allow('lambda:*'), 'arn:aws:lambda:*:*:function:shop-*')], narrow],
    ['reading everywhere', [allow('s3:Get*', 's3:List*', 'ec2:Describe*', 'iam:Get*', 'iam:List*')], narrow],
    ['two services that are not sensitive', [allow('sqs:*', 'sns:*')], narrow],
    ['nine actions by name', [allow(...'abcdefghi'.split('').map((n) => `s3:Put${n}`))], narrow],
    [
      'the keys of its own',
      [on(allow('iam:CreateAccessKey', 'iam:UpdateAccessKey', 'iam:DeactivateMFADevice'), OWN_USER)],
      narrow,
    ],
    ['one role by name', [on(allow('sts:AssumeRole'), 'arn:aws:iam::1:role/reader')], narrow],
    [
      'one function by name',
      [on(allow('lambda:UpdateFunctionCode'), 'arn:aws:lambda:eu-west-1:1:function:x')],
      narrow,
    ],
    [
      'one bucket, as all others are refused',
      [allow('s3:*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::a' }],
      narrow,
    ],
    ['a path that is refused', [allow('iam:CreateAccessKey', 's3:GetObject'), deny('iam:*')], narrow],
    [
      'a path that all of users are refused',
      [allow('iam:CreateAccessKey'), on(deny('iam:*'), 'arn:aws:iam::*:user/*')],
      narrow,
    ],
    ['everything but what is all', [except('*'), allow('s3:GetObject')], narrow],
    ['similar names of other services', [allow('iamx:*', 'x-iam:*')], narrow],
  ]);
});

describe('nothing', () => {
  const nothing = 'nothing';
  table([
    ['no statement', [], nothing],
    ['refusals only', [deny('s3:*')], nothing],
    ['a refusal of all', [allow('*'), deny('*')], nothing],
    ['a refusal of all, first', [deny('*'), allow('*')], nothing],
    [
      'a refusal of all in other words',
      [allow('iam:*'), { Effect: 'Deny', NotAction: 'x:Y', NotResource: 'arn:aws:x:::y' }, deny('*:*')],
      nothing,
    ],
    ['a refusal of the same', [allow('s3:GetObject'), deny('s3:G*')], nothing],
    [
      'a refusal of the same resource',
      [on(allow('s3:*'), 'arn:aws:s3:::a'), on(deny('s3:*'), 'arn:aws:s3:::*')],
      nothing,
    ],
    [
      'what the refusal spares is not allowed',
      [allow('s3:*'), { Effect: 'Deny', NotAction: 'ec2:*' }],
      nothing,
    ],
    [
      'what the refusal spares is another bucket',
      [on(allow('s3:*'), 'arn:aws:s3:::a'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::b' }],
      nothing,
    ],
    [
      'allowed and refused but for the same',
      [
        { Action: '*', NotResource: 'arn:aws:s3:::a' },
        { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::a' },
      ],
      nothing,
    ],
    ['all but all', [except('*')], nothing],
    ['nowhere', [{ Action: '*', NotResource: '*' }], nothing],
  ]);
  it('is what no policy gives', () => {
    expect(judge([]).is).toBe('nothing');
  });
});

describe('policies as accounts have them', () => {
  it.each(POLICIES)('$is', ({ is, text }) => {
    expect(judge([{ name: 'real', document: readDocument(text) }])).toMatchObject({ is, doubts: [] });
  });
});
