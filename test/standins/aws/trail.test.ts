import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateServiceSpecificCredentialCommand,
  GetUserCommand,
  ListUsersCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AwsStandIn } from '../../../src/standins/aws/account.ts';
import { iamUser } from '../../../src/standins/aws/actors.ts';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

async function found(aws: AwsStandIn, AttributeKey: string, AttributeValue: string, region = 'us-east-1') {
  const LookupAttributes = [{ AttributeKey, AttributeValue }];
  const pages = await allPages(sdk(aws, { region }).cloudtrail, { LookupAttributes });
  return pages.flatMap(({ Events = [] }) => Events);
}

describe('what happened with other services', () => {
  it('is found by name, user, key and service, in its Region only', async () => {
    const aws = await account({ clock: () => NOON });
    aws.given.user({ name: 'mallory', keys: ['AKIAEXAMPLE07'] });
    aws.happened({
      eventSource: 's3',
      eventName: 'GetObject',
      by: 'AKIAEXAMPLE07',
      at: new Date(NOON - 60_000),
      region: 'eu-central-1',
      sourceIp: '198.51.100.23',
      errorCode: 'AccessDenied',
      parameters: { bucketName: 'payroll' },
    });
    const looks: [string, string][] = [
      ['EventName', 'GetObject'],
      ['Username', 'mallory'],
      ['AccessKeyId', 'AKIAEXAMPLE07'],
      ['EventSource', 's3.amazonaws.com'],
      ['ReadOnly', 'true'],
    ];
    for (const [key, value] of looks) {
      expect(await found(aws, key, value)).toEqual([]);
      const [event] = await found(aws, key, value, 'eu-central-1');
      expect(recordIn(event)).toMatchObject({
        eventTime: '2026-11-24T11:59:00Z',
        awsRegion: 'eu-central-1',
        sourceIPAddress: '198.51.100.23',
        errorCode: 'AccessDenied',
        readOnly: true,
        userIdentity: { userName: 'mallory', accessKeyId: 'AKIAEXAMPLE07' },
      });
    }
    expect(() => aws.happened({ eventSource: 's3', eventName: 'GetObject', by: 'AKIAEXAMPLE99' })).toThrow(
      'AKIAEXAMPLE99 is no key',
    );
  });

  it('is a sign-in where the sign-in was', async () => {
    const aws = await account();
    aws.happened({
      eventSource: 'signin',
      eventName: 'ConsoleLogin',
      by: iamUser('ana'),
      region: 'us-east-2',
      response: { ConsoleLogin: 'Success' },
      record: { additionalEventData: { MFAUsed: 'No' } },
    });
    const [event] = await found(aws, 'EventName', 'ConsoleLogin', 'us-east-2');
    expect(recordIn(event)).toMatchObject({
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'No' },
    });
  });

  it('stays in order and is quick to find among ten thousand', async () => {
    const aws = await account({ clock: () => NOON });
    for (let n = 0; n < 10_000; n++)
      aws.happened({
        eventSource: 'ec2',
        eventName: 'DescribeInstances',
        at: new Date(NOON - ((n * 7919) % 10_000) * 1000),
      });
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    expect(await found(aws, 'EventName', 'AddUserToGroup')).toHaveLength(1);
    expect(await found(aws, 'ResourceName', 'admins')).toHaveLength(1);
    const window = {
      StartTime: new Date(NOON - 9_999_000),
      EndTime: new Date(NOON - 9_990_000),
      LookupAttributes: [],
    };
    const [page] = await allPages(sdk(aws).cloudtrail, window);
    const times = page?.Events?.map(({ EventTime }) => (NOON - (EventTime?.getTime() ?? 0)) / 1000);
    expect(times).toEqual([9990, 9991, 9992, 9993, 9994, 9995, 9996, 9997, 9998, 9999]);
  });
});

describe('records of IAM', () => {
  it('show parameters and answers as CloudTrail does, without secrets', async () => {
    const aws = await account({ clock: () => NOON });
    aws.given.user({ name: 'ana' });
    const { iam } = sdk(aws);
    const UserName = 'ana';
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    await iam.send(
      new CreateLoginProfileCommand({ UserName, Password: 'Simple-Example-1', PasswordResetRequired: true }),
    );
    await iam.send(
      new CreateServiceSpecificCredentialCommand({ UserName, ServiceName: 'bedrock.amazonaws.com' }),
    );
    await iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'owner', Value: 'ana@example.com' }] }));
    const events = await found(aws, 'ResourceName', 'ana');
    expect(events.map(recordIn)).toMatchObject([
      {
        eventName: 'TagUser',
        requestParameters: { userName: 'ana', tags: [{ key: 'owner', value: 'ana@example.com' }] },
        responseElements: null,
      },
      { eventName: 'CreateServiceSpecificCredential' },
      {
        eventName: 'CreateLoginProfile',
        requestParameters: { userName: 'ana', passwordResetRequired: true },
        responseElements: { loginProfile: { userName: 'ana', createDate: 'Nov 24, 2026, 12:00:00 PM' } },
      },
      {
        eventName: 'CreateAccessKey',
        responseElements: {
          accessKey: { userName: 'ana', status: 'Active', accessKeyId: AccessKey?.AccessKeyId },
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Simple-Example-1|example-secret|example-service-password/);
  });

  it('are of reads, too, when that is asked for', async () => {
    const aws = await account();
    aws.given.user({ name: 'ana' });
    const { iam, sts } = sdk(aws);
    await iam.send(new GetUserCommand({ UserName: 'ana' }));
    expect(await found(aws, 'ReadOnly', 'true')).toEqual([]);
    aws.knobs.recordReads = true;
    await iam.send(new ListUsersCommand({}));
    await sts.send(new GetCallerIdentityCommand({}));
    const names = (await found(aws, 'ReadOnly', 'true')).map(({ EventName }) => EventName);
    expect(names).toEqual(['GetCallerIdentity', 'ListUsers']);
  });
});
