import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  GetGroupCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { account, sdk } from './sdk.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const UserName = 'ana';

async function lagging() {
  let now = NOON;
  const aws = await account({ clock: () => now });
  aws.given.group({ name: 'admins', attached: ['AdministratorAccess'] });
  aws.given.user({ name: UserName, groups: ['admins'], keys: ['AKIAEXAMPLE07'] });
  aws.knobs.consistencyMs = 3_000;
  const pass = (ms: number) => {
    now += ms;
  };
  return { aws, iam: sdk(aws).iam, pass };
}

describe('IAM is eventually consistent', () => {
  it('reads show a write only after a while, and writes see it at once', async () => {
    const { aws, iam, pass } = await lagging();
    const attach = { UserName, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' };
    await iam.send(new AttachUserPolicyCommand(attach));
    const off = { UserName, AccessKeyId: 'AKIAEXAMPLE07', Status: 'Inactive' as const };
    await iam.send(new UpdateAccessKeyCommand(off));
    const policies = async () =>
      (await iam.send(new ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies?.length;
    const status = async () =>
      (await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata?.[0]?.Status;
    pass(2_999);
    expect([await policies(), await status()]).toEqual([0, 'Active']);
    expect(aws.stateOf(UserName)).toMatchObject({ attached: [attach.PolicyArn] });
    pass(1);
    expect([await policies(), await status()]).toEqual([1, 'Inactive']);
  });

  it('and so is what is allowed', async () => {
    const { aws, pass } = await lagging();
    aws.iam('UpdateAccessKey', { UserName, AccessKeyId: 'AKIAEXAMPLE07', Status: 'Inactive' });
    aws.removeUserFromGroup({ user: UserName, group: 'admins' });
    const allowed = () => [
      aws.allows(UserName, 's3:GetObject'),
      aws.can({ key: 'AKIAEXAMPLE07' }, 's3:GetObject'),
    ];
    expect(allowed()).toEqual([true, true]);
    pass(3_000);
    expect(allowed()).toEqual([false, false]);
  });

  it('about what comes and goes, too', async () => {
    const { aws, iam, pass } = await lagging();
    await iam.send(new CreateUserCommand({ UserName: 'ben' }));
    aws.addUserToGroup({ user: 'ben', group: 'admins' });
    const members = async () =>
      (await iam.send(new GetGroupCommand({ GroupName: 'admins' }))).Users?.map((one) => one.UserName);
    await expect(iam.send(new GetUserCommand({ UserName: 'ben' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    expect(await members()).toEqual(['ana']);
    pass(3_000);
    await iam.send(new GetUserCommand({ UserName: 'ben' }));
    expect(await members()).toEqual(['ana', 'ben']);
    aws.attacker('ben').deleteUser();
    pass(2_999);
    await iam.send(new GetUserCommand({ UserName: 'ben' }));
    pass(1);
    await expect(iam.send(new GetUserCommand({ UserName: 'ben' }))).rejects.toThrow('ben cannot be found');
    expect(await members()).toEqual(['ana']);
  });
});
