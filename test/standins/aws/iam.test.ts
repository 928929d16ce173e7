import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetUserCommand,
  ListGroupsForUserCommand,
  ListUserTagsCommand,
  PutUserPermissionsBoundaryCommand,
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

describe('users and groups', () => {
  it('can be deleted once nothing is left on them, and made again as others', async () => {
    const aws = await account();
    aws.given.user({ name: 'ana', groups: ['admins'], attached: ['AWSDenyAll'] });
    const { iam } = sdk(aws);
    const before = await iam.send(new GetGroupCommand({ GroupName: 'admins' }));
    const conflict = { name: 'DeleteConflictException', $metadata: { httpStatusCode: 409 } };
    const deleteUser = new DeleteUserCommand({ UserName: 'ana' });
    await expect(iam.send(deleteUser)).rejects.toMatchObject({
      ...conflict,
      message: 'Cannot delete entity, must detach all policies first.',
    });
    const deny = { UserName: 'ana', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' };
    await iam.send(new DetachUserPolicyCommand(deny));
    await expect(iam.send(deleteUser)).rejects.toMatchObject(conflict);
    await expect(iam.send(new DeleteGroupCommand({ GroupName: 'admins' }))).rejects.toMatchObject(conflict);
    await iam.send(new RemoveUserFromGroupCommand({ UserName: 'ana', GroupName: 'admins' }));
    await iam.send(deleteUser);
    await iam.send(new DeleteGroupCommand({ GroupName: 'admins' }));
    await iam.send(new CreateUserCommand({ UserName: 'ana' }));
    await iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
    await iam.send(joining);
    const after = await iam.send(new GetGroupCommand({ GroupName: 'admins' }));
    expect(after.Group?.GroupId).not.toBe(before.Group?.GroupId);
    expect(after.Users?.[0]?.UserId).not.toBe(before.Users?.[0]?.UserId);
  });

  it('show boundary and tags by themselves, and not in lists', async () => {
    const aws = await account();
    aws.given.user({ name: 'ana', groups: ['admins'], tags: { owner: 'ana@example.com' } });
    const { iam } = sdk(aws);
    const boundary = 'arn:aws:iam::aws:policy/AWSDenyAll';
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'ana', PermissionsBoundary: boundary }));
    const Tags = [{ Key: 'owner', Value: 'ana@example.com' }];
    const PermissionsBoundary = {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: boundary,
    };
    const { User } = await iam.send(new GetUserCommand({ UserName: 'ana' }));
    expect(User).toMatchObject({ Tags, PermissionsBoundary });
    expect(await iam.send(new ListUserTagsCommand({ UserName: 'ana' }))).toMatchObject({ Tags });
    const { Users } = await iam.send(new GetGroupCommand({ GroupName: 'admins' }));
    expect(Users?.[0]).not.toHaveProperty('Tags');
    expect(Users?.[0]).not.toHaveProperty('PermissionsBoundary');
  });

  it('who is no member can be removed, unless a knob says otherwise', async () => {
    const aws = await account();
    aws.createUser('ana');
    aws.createGroup('admins');
    const { iam } = sdk(aws);
    const leaving = new RemoveUserFromGroupCommand({ UserName: 'ana', GroupName: 'admins' });
    await iam.send(leaving);
    aws.knobs.refuseNonMembers = true;
    await expect(iam.send(leaving)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('that a record speaks of without their creation have been there for a year', async () => {
    const aws = await account({ clock: () => Date.UTC(2026, 10, 24) });
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    const { User } = await sdk(aws).iam.send(new GetUserCommand({ UserName: 'ana' }));
    expect(User?.CreateDate).toEqual(new Date(Date.UTC(2025, 10, 24)));
  });

  it.each(['an a', 'ana/ben', 'a'.repeat(65), 'änn'])(
    'have names of the right form, unlike %s',
    async (UserName) => {
      const aws = await account();
      const create = sdk(aws).iam.send(new CreateUserCommand({ UserName }));
      await expect(create).rejects.toMatchObject({
        Code: 'ValidationError',
        $metadata: { httpStatusCode: 400 },
      });
    },
  );
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
