import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupCommand,
  GetUserCommand,
  ListGroupsForUserCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const joining = new AddUserToGroupCommand({ UserName: 'ana', GroupName: 'admins' });

describe('IAM keeps users, groups and members', () => {
  it('through the SDK', async () => {
    const aws = await account();
    const { iam } = sdk(aws);
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ana', Path: '/staff/' }));
    expect(User).toMatchObject({ UserId: 'AIDAEXAMPLEANA', Arn: 'arn:aws:iam::111122223333:user/staff/ana' });
    await iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
    await iam.send(joining);
    await iam.send(joining);
    const { Group, Users } = await iam.send(new GetGroupCommand({ GroupName: 'ADMINS' }));
    expect(Group?.GroupName).toBe('admins');
    expect(Users).toEqual([User]);
    const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName: 'Ana' }));
    expect(Groups).toEqual([Group]);
    expect(await iam.send(new GetUserCommand({ UserName: 'ana' }))).toMatchObject({ User });
    expect(aws.membersOf('admins')).toEqual(['ana']);
    await iam.send(new RemoveUserFromGroupCommand({ UserName: 'ANA', GroupName: 'admins' }));
    expect(aws.membersOf('admins')).toEqual([]);
  });

  it('under names that are unique whatever their case', async () => {
    const aws = await account();
    const { iam } = sdk(aws);
    aws.createUser('ana');
    const again = iam.send(new CreateUserCommand({ UserName: 'ANA' }));
    await expect(again).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(iam.send(new GetUserCommand({ UserName: 'ben' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The user with name ben cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('with no more than ten groups a user', async () => {
    const aws = await account();
    for (let n = 0; n < 10; n++) aws.addUserToGroup({ user: 'ana', group: `group${n}` });
    aws.createGroup('admins');
    await expect(sdk(aws).iam.send(joining)).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(aws.membersOf('admins')).toEqual([]);
  });
});

describe('an IAM write makes its CloudTrail record', () => {
  it("with the answer's request id, the caller, and where from", async () => {
    const aws = await account({ accountId: '444455556666' });
    aws.createUser('ana');
    aws.createGroup('admins');
    const { iam, cloudtrail } = sdk(aws, { userAgentAppId: 'groupwatch' });
    const { $metadata } = await iam.send(joining);
    const [page] = await allPages(cloudtrail);
    expect(page?.Events).toHaveLength(1);
    const record = recordIn(page?.Events?.[0]);
    expect(record).toMatchObject({
      eventVersion: '1.11',
      eventName: 'AddUserToGroup',
      eventSource: 'iam.amazonaws.com',
      userIdentity: {
        type: 'IAMUser',
        arn: 'arn:aws:iam::444455556666:user/operator',
        accountId: '444455556666',
      },
      requestParameters: { userName: 'ana', groupName: 'admins' },
      responseElements: null,
      requestID: $metadata.requestId,
      recipientAccountId: '444455556666',
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('app/groupwatch'),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
    });
    expect(record.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('again when a member is added again', async () => {
    const aws = await account();
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    const { iam, cloudtrail } = sdk(aws);
    await iam.send(joining);
    const events = (await allPages(cloudtrail)).flatMap((page) => page.Events ?? []);
    expect(new Set(events.map((event) => event.EventId)).size).toBe(2);
  });

  it('when IAM refuses it, too', async () => {
    const aws = await account();
    const { iam, cloudtrail } = sdk(aws);
    await expect(iam.send(joining)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    const [page] = await allPages(cloudtrail);
    expect(recordIn(page?.Events?.[0])).toMatchObject({
      errorCode: 'NoSuchEntityException',
      errorMessage: 'The group with name admins cannot be found.',
      requestParameters: { userName: 'ana', groupName: 'admins' },
    });
  });

  it('with requestParameters null when it was denied, and nobody joins', async () => {
    const aws = await account();
    const refused = {
      errorCode: 'AccessDenied',
      errorMessage: 'User: … is not authorized to perform: iam:…',
    };
    aws.addUserToGroup({ user: 'ana', group: 'admins', refused });
    const [page] = await allPages(sdk(aws).cloudtrail);
    expect(recordIn(page?.Events?.[0])).toMatchObject({ ...refused, requestParameters: null });
    expect(aws.membersOf('admins')).toEqual([]);
  });

  it('with the new user in responseElements', async () => {
    const aws = await account({ clock: () => Date.UTC(2026, 10, 24, 3, 27, 23) });
    aws.createUser('ana');
    const created = [{ AttributeKey: 'EventName', AttributeValue: 'CreateUser' }];
    const [page] = await allPages(sdk(aws).cloudtrail, { LookupAttributes: created });
    expect(recordIn(page?.Events?.[0]).responseElements).toEqual({
      user: {
        path: '/',
        userName: 'ana',
        userId: 'AIDAEXAMPLEANA',
        arn: 'arn:aws:iam::111122223333:user/ana',
        createDate: 'Nov 24, 2026, 3:27:23 AM',
      },
    });
  });
});
