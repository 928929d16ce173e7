import { AddUserToGroupCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AwsStandIn } from '../../../src/standins/aws/account.ts';
import { trusting } from '../../../src/standins/aws/acts/given.ts';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const ROLE = 'arn:aws:iam::111122223333:role/teams/Admin';
const denied = { Code: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
const asking = (input: Partial<AssumeRoleCommandInput> = {}) =>
  new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'ana@example.com', ...input });

async function withRole(options: Parameters<typeof account>[0] = {}, role = {}): Promise<AwsStandIn> {
  const aws = await account(options);
  aws.given.role({ name: 'Admin', path: '/teams/', ...role });
  return aws;
}

const withSession = (aws: AwsStandIn, accessKeyId: string) =>
  sdk(aws, { credentials: { accessKeyId, secretAccessKey: 'example', sessionToken: 'example' } });

async function assumed(aws: AwsStandIn, input: Partial<AssumeRoleCommandInput> = {}) {
  const { Credentials } = await sdk(aws).sts.send(asking(input));
  return withSession(aws, Credentials?.AccessKeyId ?? '');
}

async function recordsOf(aws: AwsStandIn, EventName: string, settings = {}) {
  const LookupAttributes = [{ AttributeKey: 'EventName', AttributeValue: EventName }];
  const pages = await allPages(sdk(aws, settings).cloudtrail, { LookupAttributes });
  return pages.flatMap(({ Events = [] }) => Events).map((event) => ({ event, record: recordIn(event) }));
}

describe('STS', () => {
  it('tells who calls', async () => {
    const aws = await account();
    expect(await sdk(aws).sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:user/operator',
      UserId: 'AIDAEXAMPLEOPERATOR',
    });
  });

  it('gives a role session, which acts under its own name until it expires', async () => {
    const began = Date.now();
    let now = began;
    const aws = await withRole({ clock: () => now });
    aws.createUser('ana');
    aws.createGroup('admins');
    const { Credentials, AssumedRoleUser } = await sdk(aws).sts.send(asking({ DurationSeconds: 900 }));
    const { iam, sts, cloudtrail } = withSession(aws, Credentials?.AccessKeyId ?? '');
    const { Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Arn, AssumedRoleId: UserId }).toEqual(AssumedRoleUser);
    expect(Arn).toBe('arn:aws:sts::111122223333:assumed-role/Admin/ana@example.com');
    await iam.send(new AddUserToGroupCommand({ UserName: 'ana', GroupName: 'admins' }));
    const [page] = await allPages(cloudtrail);
    expect(page?.Events).toMatchObject([
      { Username: 'ana@example.com', AccessKeyId: Credentials?.AccessKeyId },
    ]);
    expect(recordIn(page?.Events?.[0]).userIdentity).toMatchObject({
      type: 'AssumedRole',
      arn: Arn,
      principalId: UserId,
      sessionContext: { sessionIssuer: { arn: ROLE } },
    });
    now = began + 900_000;
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ Code: 'ExpiredToken' });
  });

  it('records who assumed which role, with the key of the session, as a read of that Region', async () => {
    const aws = await withRole();
    aws.given.user({ name: 'ana', keys: ['AKIAEXAMPLE07'] });
    const credentials = { accessKeyId: 'AKIAEXAMPLE07', secretAccessKey: 'example' };
    const { sts } = sdk(aws, { credentials, region: 'eu-central-1' });
    const { Credentials, $metadata } = await sts.send(
      asking({ ExternalId: 'tenant-1', SourceIdentity: undefined }),
    );
    expect(await recordsOf(aws, 'AssumeRole')).toEqual([]);
    const [only] = await recordsOf(aws, 'AssumeRole', { region: 'eu-central-1' });
    expect(only?.event).toMatchObject({
      Username: 'ana',
      ReadOnly: 'true',
      Resources: expect.arrayContaining([
        { ResourceType: 'AWS::IAM::Role', ResourceName: ROLE },
        { ResourceType: 'AWS::IAM::AccessKey', ResourceName: Credentials?.AccessKeyId },
      ]),
    });
    expect(only?.record).toMatchObject({
      eventSource: 'sts.amazonaws.com',
      awsRegion: 'eu-central-1',
      readOnly: true,
      requestID: $metadata.requestId,
      requestParameters: { roleArn: ROLE, roleSessionName: 'ana@example.com', externalId: 'tenant-1' },
      responseElements: { credentials: { accessKeyId: Credentials?.AccessKeyId } },
      resources: [{ accountId: '111122223333', type: 'AWS::IAM::Role', ARN: ROLE }],
    });
    expect(JSON.stringify(only?.record)).not.toContain('example-secret');
  });
});

describe('a role is assumed', () => {
  it('only with its external id', async () => {
    const trust = trusting('arn:aws:iam::111122223333:root', 'tenant-1');
    const aws = await withRole({}, { trust });
    const { sts } = sdk(aws);
    await sts.send(asking({ ExternalId: 'tenant-1' }));
    await expect(sts.send(asking())).rejects.toMatchObject({
      ...denied,
      message: `User: arn:aws:iam::111122223333:user/operator is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    });
    await expect(sts.send(asking({ ExternalId: 'tenant-2' }))).rejects.toMatchObject(denied);
    const records = await recordsOf(aws, 'AssumeRole');
    expect(records.map(({ record }) => record.errorCode)).toEqual([
      'AccessDenied',
      'AccessDenied',
      undefined,
    ]);
  });

  it.each([
    ['that is not there', { RoleArn: 'arn:aws:iam::111122223333:role/None' }],
    ['whose path is another', { RoleArn: 'arn:aws:iam::111122223333:role/Admin' }],
    ['of an account that is not here', { RoleArn: 'arn:aws:iam::444455556666:role/teams/Admin' }],
  ])('but not one %s', async (_, input) => {
    await expect(sdk(await withRole()).sts.send(asking(input))).rejects.toMatchObject(denied);
  });

  it('but not of a suspended account', async () => {
    const aws = await withRole();
    aws.suspend();
    await expect(sdk(aws).sts.send(asking())).rejects.toMatchObject(denied);
    aws.suspend(false);
    await sdk(aws).sts.send(asking());
  });

  it('for as long as it allows, and an hour at most when chained', async () => {
    const aws = await withRole({}, { maxSeconds: 7200 });
    const wrong = { Code: 'ValidationError' };
    const { sts } = sdk(aws);
    await sts.send(asking({ DurationSeconds: 7200 }));
    await expect(sts.send(asking({ DurationSeconds: 7201 }))).rejects.toMatchObject(wrong);
    await expect(sts.send(asking({ DurationSeconds: 899 }))).rejects.toMatchObject(wrong);
    const chained = (await assumed(aws)).sts;
    await expect(chained.send(asking({ DurationSeconds: 7200 }))).rejects.toThrow('role chaining');
    await chained.send(asking({ DurationSeconds: 3600 }));
  });

  it('with a source identity that the trust policy allows to be set, and that stays', async () => {
    const aws = await withRole();
    await expect(sdk(aws).sts.send(asking({ SourceIdentity: 'ana' }))).rejects.toMatchObject(denied);
    aws.iam('UpdateAssumeRolePolicy', {
      RoleName: 'Admin',
      PolicyDocument: JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] },
        ],
      }),
    });
    const first = await assumed(aws, { SourceIdentity: 'ana' });
    await expect(first.sts.send(asking({ SourceIdentity: 'ben' }))).rejects.toMatchObject(denied);
    const { SourceIdentity } = await first.sts.send(asking());
    expect(SourceIdentity).toBe('ana');
  });

  it('by those whom it names, or whose account it names and who may', async () => {
    const aws = await withRole({ enforcePermissions: true });
    aws.given.user({ name: 'ana', keys: ['AKIAEXAMPLE07'] });
    const credentials = { accessKeyId: 'AKIAEXAMPLE07', secretAccessKey: 'example' };
    const { sts } = sdk(aws, { credentials });
    await expect(sts.send(asking())).rejects.toMatchObject(denied);
    const trust = (principal: string) =>
      aws.iam('UpdateAssumeRolePolicy', {
        RoleName: 'Admin',
        PolicyDocument: JSON.stringify(trusting(principal)),
      });
    trust('arn:aws:iam::111122223333:user/ana');
    await sts.send(asking());
    trust('arn:aws:iam::111122223333:user/ben');
    await expect(sts.send(asking())).rejects.toMatchObject(denied);
    trust('111122223333');
    const allowing = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE } };
    aws.iam('PutUserPolicy', { UserName: 'ana', PolicyName: 'a', PolicyDocument: JSON.stringify(allowing) });
    await sts.send(asking());
    aws.iam('AttachUserPolicy', { UserName: 'ana', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' });
    trust('arn:aws:iam::111122223333:user/ana');
    await expect(sts.send(asking())).rejects.toMatchObject(denied);
  });

  it('and its older sessions end with a deny by their age', async () => {
    let now = Date.UTC(2026, 10, 24);
    const aws = await withRole({ clock: () => now }, { attached: ['AdministratorAccess'] });
    const old = aws.assumeRole({ role: 'Admin' }).accessKeyId;
    now += 60_000;
    const revoke = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(now).toISOString() } },
    };
    aws.iam('PutRolePolicy', {
      RoleName: 'Admin',
      PolicyName: 'AWSRevokeOlderSessions',
      PolicyDocument: JSON.stringify({ Statement: [revoke] }),
    });
    expect(aws.can({ session: old }, 's3:GetObject')).toBe(false);
    expect(aws.can({ session: aws.assumeRole({ role: 'Admin' }).accessKeyId }, 's3:GetObject')).toBe(true);
    expect(aws.roleStateOf('Admin').inline).toHaveProperty('AWSRevokeOlderSessions');
  });
});

describe('across accounts', () => {
  const HUB = '111122223333';
  const MEMBER = '444455556666';
  const RoleArn = `arn:aws:iam::${MEMBER}:role/Watcher`;

  async function organization() {
    const aws = await account({ accounts: [MEMBER], enforcePermissions: true });
    const member = aws.account(MEMBER);
    aws.given.role({ name: 'hub' });
    const trust = trusting(`arn:aws:iam::${HUB}:role/hub`, 'tenant-1');
    member.given.role({ name: 'Watcher', trust, attached: ['IAMReadOnlyAccess'] });
    member.given.user({ name: 'ana', groups: ['admins'] });
    const hub = withSession(aws, aws.assumeRole({ role: 'hub' }).accessKeyId);
    return { aws, member, hub };
  }
  const into = (input = {}) => asking({ RoleArn, ExternalId: 'tenant-1', ...input });

  it('both sides must allow it', async () => {
    const { aws, member, hub } = await organization();
    await expect(hub.sts.send(into())).rejects.toMatchObject(denied);
    const allowing = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: RoleArn } };
    aws.iam('PutRolePolicy', { RoleName: 'hub', PolicyName: 'a', PolicyDocument: JSON.stringify(allowing) });
    await expect(hub.sts.send(into({ ExternalId: undefined }))).rejects.toMatchObject(denied);
    const { Credentials } = await hub.sts.send(into());
    const { sts, iam } = withSession(aws, Credentials?.AccessKeyId ?? '');
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: MEMBER,
      Arn: `arn:aws:sts::${MEMBER}:assumed-role/Watcher/ana@example.com`,
    });
    await expect(
      iam.send(new AddUserToGroupCommand({ UserName: 'ana', GroupName: 'admins' })),
    ).rejects.toMatchObject(denied);
    expect(member.membersOf('admins')).toEqual(['ana']);
    expect(aws.membersOf('admins')).toEqual([]);
  });

  it("each has a record of its own, and the role's account learns the account only; a refusal it never learns", async () => {
    const { aws, hub } = await organization();
    await expect(hub.sts.send(into())).rejects.toMatchObject(denied);
    aws.knobs.enforcePermissions = false;
    const { Credentials } = await hub.sts.send(into());
    const [done, refused] = await recordsOf(aws, 'AssumeRole');
    expect(refused?.record).toMatchObject({ errorCode: 'AccessDenied', recipientAccountId: HUB });
    expect(done?.record).toMatchObject({
      recipientAccountId: HUB,
      userIdentity: { type: 'AssumedRole', accountId: HUB },
    });
    const credentials = { accessKeyId: Credentials?.AccessKeyId, secretAccessKey: 'example' };
    const theirs = await recordsOf(aws, 'AssumeRole', { credentials });
    expect(theirs.map(({ record }) => record)).toMatchObject([
      {
        recipientAccountId: MEMBER,
        userIdentity: { type: 'AWSAccount', accountId: HUB },
        sharedEventID: done?.record.sharedEventID,
        requestID: done?.record.requestID,
      },
    ]);
    expect(theirs[0]?.record.eventID).not.toBe(done?.record.eventID);
  });

  it('names must be of accounts that are here', async () => {
    const aws = await account();
    expect(() => aws.account('444455556666')).toThrow('name it in the option accounts');
  });
});
