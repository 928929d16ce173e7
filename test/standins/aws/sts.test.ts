import { AddUserToGroupCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const assuming = new AssumeRoleCommand({
  RoleArn: 'arn:aws:iam::111122223333:role/teams/Admin',
  RoleSessionName: 'ana@example.com',
  DurationSeconds: 900,
});

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
    const aws = await account({ clock: () => now });
    aws.createUser('ana');
    aws.createGroup('admins');
    aws.given.role({ name: 'Admin', path: '/teams/' });
    const { Credentials, AssumedRoleUser } = await sdk(aws).sts.send(assuming);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
    };
    const { iam, sts, cloudtrail } = sdk(aws, { credentials });
    const { Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Arn, AssumedRoleId: UserId }).toEqual(AssumedRoleUser);
    expect(Arn).toBe('arn:aws:sts::111122223333:assumed-role/Admin/ana@example.com');
    await iam.send(new AddUserToGroupCommand({ UserName: 'ana', GroupName: 'admins' }));
    const [page] = await allPages(cloudtrail);
    expect(page?.Events).toMatchObject([
      { Username: 'ana@example.com', AccessKeyId: Credentials?.AccessKeyId },
    ]);
    expect(recordIn(page?.Events?.[0]).userIdentity).toMatchObject({ type: 'AssumedRole', arn: Arn });
    now = began + 900_000;
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ Code: 'ExpiredToken' });
  });

  it("refuses another account's role", async () => {
    const aws = await account({ accountId: '444455556666' });
    await expect(sdk(aws).sts.send(assuming)).rejects.toMatchObject({ Code: 'AccessDenied' });
  });
});
