import { GetUserCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { account, allPages, recordIn, sdk } from './sdk.ts';

const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const denyAll = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };

async function withMallory() {
  const aws = await account();
  aws.given.user({ name: 'mallory', attached: ['PowerUserAccess'], keys: ['AKIAEXAMPLE07'] });
  return { aws, mallory: aws.attacker('mallory') };
}

describe('an attacker', () => {
  it('takes off every deny, and nothing else', async () => {
    const { aws, mallory } = await withMallory();
    const before = aws.stateOf('mallory');
    const UserName = 'mallory';
    aws.iam('AttachUserPolicy', { UserName, PolicyArn: DENY_ALL });
    aws.iam('PutUserPolicy', { UserName, PolicyName: 'deny', PolicyDocument: JSON.stringify(denyAll) });
    aws.iam('PutUserPermissionsBoundary', { UserName, PermissionsBoundary: DENY_ALL });
    expect(mallory.detachDeny()).toBe(3);
    expect(aws.stateOf('mallory')).toEqual(before);
    expect(mallory.detachDeny()).toBe(0);
  });

  it('gets new credentials of every kind', async () => {
    const { aws, mallory } = await withMallory();
    const key = mallory.mintKey();
    expect(aws.can({ key }, 's3:GetObject')).toBe(true);
    mallory.mintKey();
    expect(aws.can({ key: 'AKIAEXAMPLE07' }, 's3:GetObject')).toBe(false);
    aws.iam('UpdateAccessKey', { UserName: 'mallory', AccessKeyId: key, Status: 'Inactive' });
    mallory.activateKeys();
    expect(aws.can({ key }, 's3:GetObject')).toBe(true);
    mallory.setPassword('Simple-Example-1');
    mallory.setPassword('Other-Example-1');
    expect(aws.can({ signIn: 'mallory', password: 'Other-Example-1' }, 's3:GetObject')).toBe(true);
    expect(aws.can({ key: mallory.mintServiceCredential() }, 'bedrock:InvokeModel')).toBe(true);
    expect(aws.can({ session: mallory.openSession().accessKeyId }, 's3:GetObject')).toBe(true);
    aws.given.role({ name: 'Admin', attached: ['AdministratorAccess'] });
    const session = mallory.assumeRole('Admin').accessKeyId;
    aws.iam('AttachUserPolicy', { UserName: 'mallory', PolicyArn: DENY_ALL });
    expect(aws.can({ session }, 'iam:CreateUser')).toBe(true);
  });

  it('gets new rights', async () => {
    const { aws, mallory } = await withMallory();
    aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
    mallory.joinGroup('admins');
    expect(aws.membersOf('admins')).toEqual(['mallory']);
    mallory.leaveGroup('admins');
    mallory.attachPolicy('arn:aws:iam::aws:policy/IAMFullAccess');
    mallory.putPolicy('own', denyAll);
    mallory.createUser('mallory2');
    expect(aws.stateOf('mallory')).toMatchObject({ groups: [], inline: { own: denyAll } });
    expect(aws.stateOf('mallory2').userId).toBe('AIDAEXAMPLEMALLORY2');
  });

  it('comes back under the same name, as somebody else', async () => {
    const { aws, mallory } = await withMallory();
    aws.given.user({
      name: 'mallory',
      groups: ['admins'],
      inline: { own: denyAll },
      keys: ['AKIAEXAMPLE08'],
      sshKeys: ['APKAEXAMPLE08'],
      certificates: ['CERTEXAMPLE08'],
      serviceCredentials: ['ACCAEXAMPLE08'],
      mfa: ['arn:aws:iam::111122223333:mfa/mallory'],
      password: 'Simple-Example-1',
    });
    const { userId } = aws.stateOf('mallory');
    mallory.recreateUser();
    const after = aws.stateOf('mallory');
    expect(after.userId).not.toBe(userId);
    expect(after).toMatchObject({ groups: [], attached: [], credentials: {}, password: null, mfa: [] });
    const { User } = await sdk(aws).iam.send(new GetUserCommand({ UserName: 'mallory' }));
    expect(User?.UserId).toBe(after.userId);
  });

  it('leaves traces under the own key', async () => {
    const { aws, mallory } = await withMallory();
    mallory.createUser('eve');
    const LookupAttributes = [{ AttributeKey: 'AccessKeyId', AttributeValue: 'AKIAEXAMPLE07' }];
    const [page] = await allPages(sdk(aws).cloudtrail, { LookupAttributes });
    expect(recordIn(page?.Events?.[0])).toMatchObject({
      eventName: 'CreateUser',
      userIdentity: { type: 'IAMUser', userName: 'mallory', principalId: aws.stateOf('mallory').userId },
    });
  });

  it('needs permission when that is asked for', async () => {
    const { aws } = await withMallory();
    const checked = aws.attacker('mallory', { checked: true });
    expect(() => checked.mintKey()).toThrow(
      'User: arn:aws:iam::111122223333:user/mallory is not authorized to perform: iam:CreateAccessKey on resource: user mallory',
    );
    aws.iam('AttachUserPolicy', { UserName: 'mallory', PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' });
    expect(checked.mintKey()).not.toBe('');
    aws.iam('AttachUserPolicy', { UserName: 'mallory', PolicyArn: DENY_ALL });
    expect(() => checked.detachDeny()).toThrow('explicit deny');
  });
});
