import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  PutUserPermissionsBoundaryCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AwsStandIn } from '../../../src/standins/aws/account.ts';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, Condition }],
});
const revoked = (before: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:TokenIssueTime': before } },
    },
  ],
});
const withKey = (aws: AwsStandIn, accessKeyId: string) =>
  sdk(aws, { credentials: { accessKeyId, secretAccessKey: 'example-secret' } });

describe('what a user may do', () => {
  it('comes from its own policies and its groups, within the boundary, unless denied', async () => {
    const aws = await account();
    aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
    aws.given.user({ name: 'ana', inline: { own: allow('s3:GetObject', 'arn:aws:s3:::logs/*') } });
    expect(aws.allows('ana', 's3:GetObject', 'arn:aws:s3:::logs/a/b')).toBe(true);
    expect(aws.allows('ana', 's3:GetObject', 'arn:aws:s3:::other/a')).toBe(false);
    expect(aws.allows('ana', 'iam:CreateUser')).toBe(false);
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    expect(aws.allows('ANA', 'iam:createuser')).toBe(true);
    aws.iam('PutUserPermissionsBoundary', {
      UserName: 'ana',
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    });
    expect(aws.allows('ana', 'iam:CreateUser')).toBe(false);
    expect(aws.allows('ana', 's3:GetObject')).toBe(true);
    aws.iam('DeleteUserPermissionsBoundary', { UserName: 'ana' });
    aws.iam('AttachUserPolicy', { UserName: 'ana', PolicyArn: DENY_ALL });
    expect(aws.allows('ana', 's3:GetObject', 'arn:aws:s3:::logs/a')).toBe(false);
    expect(aws.allows('group/admins', 's3:GetObject')).toBe(true);
    expect(aws.allows('nobody', 's3:GetObject')).toBe(false);
  });

  it('is nothing by any credential once each is off or denied, and the same as before once restored', async () => {
    let now = Date.UTC(2026, 10, 24);
    const aws = await account({ clock: () => now });
    aws.given.user({
      name: 'ana',
      attached: ['PowerUserAccess'],
      keys: ['AKIAEXAMPLE07'],
      sshKeys: ['APKAEXAMPLE07'],
      certificates: ['CERTEXAMPLE07'],
      serviceCredentials: [{ id: 'ACCAEXAMPLE07', service: 'bedrock.amazonaws.com' }],
      password: 'Simple-Example-1',
    });
    const session = aws.openSession({ user: 'ana' }).accessKeyId;
    const ways = [
      () => aws.can({ key: 'AKIAEXAMPLE07' }, 's3:GetObject'),
      () => aws.can({ key: 'APKAEXAMPLE07' }, 'codecommit:GitPush'),
      () => aws.can({ key: 'CERTEXAMPLE07' }, 'ec2:RunInstances'),
      () => aws.can({ key: 'ACCAEXAMPLE07' }, 'bedrock:InvokeModel'),
      () => aws.can({ session }, 's3:GetObject'),
      () => aws.can({ signIn: 'ana', password: 'Simple-Example-1' }, 's3:GetObject'),
    ];
    const works = () => ways.map((way) => way());
    expect(works()).toEqual([true, true, true, true, true, true]);
    expect(aws.can({ key: 'ACCAEXAMPLE07' }, 's3:GetObject')).toBe(false);
    expect(aws.can({ key: 'AKIAEXAMPLE99' }, 's3:GetObject')).toBe(false);
    expect(aws.can({ signIn: 'ana', password: 'guessed' }, 's3:GetObject')).toBe(false);
    const before = aws.stateOf('ana');

    const put = (Status: string) => {
      const UserName = 'ana';
      aws.iam('UpdateAccessKey', { UserName, AccessKeyId: 'AKIAEXAMPLE07', Status });
      aws.iam('UpdateSSHPublicKey', { UserName, SSHPublicKeyId: 'APKAEXAMPLE07', Status });
      aws.iam('UpdateSigningCertificate', { UserName, CertificateId: 'CERTEXAMPLE07', Status });
      const credential = { ServiceSpecificCredentialId: 'ACCAEXAMPLE07', Status };
      aws.iam('UpdateServiceSpecificCredential', { UserName, ...credential });
    };
    put('Inactive');
    expect(works()).toEqual([false, false, false, false, true, true]);
    aws.iam('AttachUserPolicy', { UserName: 'ana', PolicyArn: DENY_ALL });
    expect(works()).toEqual([false, false, false, false, false, false]);
    expect(aws.can({ session }, 'sts:GetCallerIdentity')).toBe(true);
    expect(aws.stateOf('ana')).not.toEqual(before);

    put('Active');
    aws.iam('DetachUserPolicy', { UserName: 'ana', PolicyArn: DENY_ALL });
    expect(works()).toEqual([true, true, true, true, true, true]);
    expect(aws.stateOf('ana')).toEqual(before);

    now += 60_000;
    aws.iam('PutUserPolicy', {
      UserName: 'ana',
      PolicyName: 'revoked',
      PolicyDocument: JSON.stringify(revoked(new Date(now).toISOString())),
    });
    expect(works()).toEqual([true, true, true, true, false, true]);
    now += 24 * 3600_000;
    expect(aws.can({ session: aws.openSession({ user: 'ana' }).accessKeyId }, 's3:GetObject')).toBe(true);
    expect(
      aws.can({ session: aws.openSession({ user: 'ana', mfa: false }).accessKeyId }, 'iam:GetUser'),
    ).toBe(false);
  });

  it("doesn't pass to another user of the same name", async () => {
    const aws = await account();
    aws.given.user({ name: 'ana', attached: ['AdministratorAccess'], keys: ['AKIAEXAMPLE07'] });
    const session = aws.openSession({ user: 'ana' }).accessKeyId;
    aws.attacker('ana').recreateUser();
    aws.attacker('ana').attachPolicy(ADMIN);
    expect(aws.allows('ana', 's3:GetObject')).toBe(true);
    expect(aws.can({ session }, 's3:GetObject')).toBe(false);
    expect(aws.can({ key: 'AKIAEXAMPLE07' }, 's3:GetObject')).toBe(false);
  });
});

describe('with permissions enforced', () => {
  it('a call needs them, and a refusal says which', async () => {
    const aws = await account({ enforcePermissions: true });
    aws.given.user({
      name: 'ana',
      path: '/staff/',
      inline: { own: allow('iam:GetUser', `arn:aws:iam::111122223333:user/staff/\${aws:username}`) },
      keys: ['AKIAEXAMPLE07'],
    });
    aws.given.user({ name: 'ben' });
    const { iam, sts, cloudtrail } = withKey(aws, 'AKIAEXAMPLE07');
    await iam.send(new GetUserCommand({ UserName: 'ana' }));
    const me = 'arn:aws:iam::111122223333:user/staff/ana';
    const denied = (message: string) => ({
      Code: 'AccessDenied',
      message: `User: ${me} is not authorized to perform: ${message}`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(iam.send(new GetUserCommand({ UserName: 'ben' }))).rejects.toMatchObject(
      denied(
        'iam:GetUser on resource: user ben because no identity-based policy allows the iam:GetUser action',
      ),
    );
    await expect(iam.send(new CreateUserCommand({ UserName: 'eve' }))).rejects.toMatchObject(
      denied(
        'iam:CreateUser on resource: arn:aws:iam::111122223333:user/eve because no identity-based policy allows the iam:CreateUser action',
      ),
    );
    aws.iam('AttachUserPolicy', { UserName: 'ana', PolicyArn: DENY_ALL });
    await expect(iam.send(new GetUserCommand({}))).rejects.toMatchObject(
      denied('iam:GetUser on resource: user ana with an explicit deny in an identity-based policy'),
    );
    await sts.send(new GetCallerIdentityCommand({}));
    await expect(allPages(cloudtrail)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const LookupAttributes = [{ AttributeKey: 'EventName', AttributeValue: 'CreateUser' }];
    const [page] = await allPages(sdk(aws).cloudtrail, { LookupAttributes });
    expect(recordIn(page?.Events?.[0])).toMatchObject({
      errorCode: 'AccessDenied',
      errorMessage: expect.stringContaining('iam:CreateUser'),
      requestParameters: null,
      userIdentity: { arn: me, accessKeyId: 'AKIAEXAMPLE07' },
    });
  });

  it('a role may do what its policies and their conditions say', async () => {
    const aws = await account({ enforcePermissions: true });
    const attachDeny = allow(
      ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
      'arn:aws:iam::111122223333:user/*',
      { ArnEquals: { 'iam:PolicyARN': DENY_ALL } },
    );
    const boundary = allow('iam:PutUserPermissionsBoundary', 'arn:aws:iam::111122223333:user/*', {
      StringEquals: { 'iam:PermissionsBoundary': DENY_ALL },
    });
    const protect = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/protected': 'true' } },
      },
    };
    aws.given.role({ name: 'responder', inline: { attachDeny, boundary, protect } });
    aws.given.user({ name: 'ana' });
    aws.given.user({ name: 'boss', tags: { protected: 'true' } });
    const { iam } = withKey(aws, aws.assumeRole({ role: 'responder' }).accessKeyId);
    const attach = (UserName: string, PolicyArn: string) =>
      iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    const denied = { Code: 'AccessDenied' };
    await attach('ana', DENY_ALL);
    await iam.send(new DetachUserPolicyCommand({ UserName: 'ana', PolicyArn: DENY_ALL }));
    await expect(attach('ana', ADMIN)).rejects.toMatchObject(denied);
    await expect(attach('boss', DENY_ALL)).rejects.toMatchObject({
      message: expect.stringContaining('user boss with an explicit deny in an identity-based policy'),
    });
    const bound = (PermissionsBoundary: string) =>
      iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'ana', PermissionsBoundary }));
    await bound(DENY_ALL);
    await expect(bound(ADMIN)).rejects.toMatchObject(denied);
  });
});

describe('the simulator', () => {
  it('says what the evaluation says', async () => {
    const aws = await account();
    aws.given.user({ name: 'ana', attached: ['IAMReadOnlyAccess'], boundary: 'AmazonS3ReadOnlyAccess' });
    aws.given.group({ name: 'denied', attached: ['AWSDenyAll'] });
    const { iam } = sdk(aws);
    const decisions = async (kind: string) => {
      const { EvaluationResults } = await iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::111122223333:${kind}`,
          ActionNames: ['iam:GetUser', 's3:PutObject'],
        }),
      );
      return EvaluationResults?.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]);
    };
    expect(await decisions('user/ana')).toEqual([
      ['iam:GetUser', 'implicitDeny'],
      ['s3:PutObject', 'implicitDeny'],
    ]);
    expect(await decisions('group/denied')).toEqual([
      ['iam:GetUser', 'explicitDeny'],
      ['s3:PutObject', 'explicitDeny'],
    ]);
    aws.iam('DeleteUserPermissionsBoundary', { UserName: 'ana' });
    expect(await decisions('user/ana')).toEqual([
      ['iam:GetUser', 'allowed'],
      ['s3:PutObject', 'implicitDeny'],
    ]);
    await expect(decisions('user/eve')).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
