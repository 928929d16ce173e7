import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPolicyVersionsCommand,
  ListUserPoliciesCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { account, sdk } from './sdk.ts';

const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const document = (extra: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*', ...extra }],
  });
const UserName = 'ana';

describe('managed policies', () => {
  it('are attached once, listed, and detached', async () => {
    const aws = await account();
    aws.createUser(UserName);
    const { iam } = sdk(aws);
    const attach = new AttachUserPolicyCommand({ UserName, PolicyArn: DENY_ALL });
    await iam.send(attach);
    await iam.send(attach);
    const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
    expect(AttachedPolicies).toEqual([{ PolicyName: 'AWSDenyAll', PolicyArn: DENY_ALL }]);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: DENY_ALL }));
    expect(Policy).toMatchObject({ DefaultVersionId: 'v1', AttachmentCount: 1 });
    const detach = new DetachUserPolicyCommand({ UserName, PolicyArn: DENY_ALL });
    await iam.send(detach);
    await expect(iam.send(detach)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('no more than ten, and only those that there are', async () => {
    const aws = await account();
    const names = Array.from({ length: 10 }, (_, n) =>
      aws.given.policy({ name: `p${n}`, document: document() }),
    );
    aws.given.user({ name: UserName, attached: names.map(({ arn }) => arn) });
    aws.given.group({ name: 'admins' });
    const { iam } = sdk(aws);
    await expect(
      iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: DENY_ALL })),
    ).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerUser: 10',
      $metadata: { httpStatusCode: 409 },
    });
    const none = new AttachGroupPolicyCommand({
      GroupName: 'admins',
      PolicyArn: 'arn:aws:iam::aws:policy/None',
    });
    await expect(iam.send(none)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: DENY_ALL }));
    expect(aws.stateOf(UserName).boundary).toBe(DENY_ALL);
  });

  it('have up to five versions, of which one counts', async () => {
    const aws = await account();
    aws.given.user({ name: UserName });
    const { iam } = sdk(aws);
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'reader', Path: '/team/', PolicyDocument: document() }),
    );
    const PolicyArn = Policy?.Arn ?? '';
    expect(PolicyArn).toBe('arn:aws:iam::111122223333:policy/team/reader');
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    for (let n = 2; n <= 5; n++)
      await iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn,
          PolicyDocument: document({ Action: `s3:Put${n}` }),
          SetAsDefault: n === 5,
        }),
      );
    const sixth = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document() });
    await expect(iam.send(sixth)).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(aws.allows(UserName, 's3:Put5')).toBe(true);
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(aws.allows(UserName, 's3:Put5')).toBe(false);
    expect(aws.allows(UserName, 's3:GetObject')).toBe(true);
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ['v5', false],
      ['v4', false],
      ['v3', false],
      ['v2', false],
      ['v1', true],
    ]);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toMatchObject({
      Statement: [{ Action: 's3:Put2' }],
    });
    expect(await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }))).toMatchObject({
      PolicyUsers: [{ UserName }],
      PolicyGroups: [],
      PolicyRoles: [],
    });
  });
});

describe('inline policies', () => {
  it('come back URL-encoded, with what RFC 3986 encodes and JavaScript does not', async () => {
    const aws = await account();
    aws.given.user({ name: UserName });
    const { iam } = sdk(aws);
    const PolicyDocument = document({ Sid: 'x', Resource: "arn:aws:s3:::it's(*)!/a b" });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
    expect(await iam.send(new ListUserPoliciesCommand({ UserName }))).toMatchObject({ PolicyNames: ['own'] });
    const got = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: 'own' }));
    expect(got.PolicyDocument).not.toMatch(/[!'()* {]/);
    expect(decodeURIComponent(got.PolicyDocument ?? '')).toBe(PolicyDocument);
    const remove = new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' });
    await iam.send(remove);
    await expect(iam.send(remove)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('of a user count 2,048 characters together, without blanks', async () => {
    const aws = await account();
    const long = document({ Sid: 'x'.repeat(2_048 - document({ Sid: '' }).length) });
    aws.given.user({ name: UserName });
    const { iam } = sdk(aws);
    const spaced = JSON.stringify(JSON.parse(long), null, 2);
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: spaced }));
    const more = new PutUserPolicyCommand({ UserName, PolicyName: 'more', PolicyDocument: document() });
    await expect(iam.send(more)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Maximum policy size of 2048 bytes exceeded for user ana',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it.each([
    ['no JSON', '{'],
    ['an action without its service', document({ Action: 'GetObject' })],
    ['an effect that there is not', document({ Effect: 'Perhaps' })],
    ['no resource', document({ Resource: undefined })],
    ['both Action and NotAction', document({ NotAction: 's3:*' })],
    ['a principal', document({ Principal: '*' })],
    [
      'an operator that there is not',
      document({ Condition: { StringAlmostEquals: { 'aws:username': 'ana' } } }),
    ],
    ['another version', document().replace('2012-10-17', '2013-01-01')],
  ])('are refused with %s', async (_, PolicyDocument) => {
    const aws = await account();
    aws.given.user({ name: UserName });
    const put = new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument });
    await expect(sdk(aws).iam.send(put)).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each(['/aws-service-role/ops.amazonaws.com/', '/aws-reserved/sso.amazonaws.com/'])(
    'are not put on roles of %s',
    async (path) => {
      const aws = await account();
      aws.given.role({ name: 'Theirs', path });
      const put = new PutRolePolicyCommand({
        RoleName: 'Theirs',
        PolicyName: 'own',
        PolicyDocument: document(),
      });
      await expect(sdk(aws).iam.send(put)).rejects.toMatchObject({
        name: 'UnmodifiableEntityException',
        $metadata: { httpStatusCode: 400 },
      });
    },
  );
});
