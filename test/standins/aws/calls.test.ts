import { AttachUserPolicyCommand, GetUserCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { account, allPages, sdk } from './sdk.ts';

const DENY_ALL = 'arn:aws:iam::aws:policy/AWSDenyAll';
const UserName = 'ana';
const attach = new AttachUserPolicyCommand({ UserName, PolicyArn: DENY_ALL });
const read = new GetUserCommand({ UserName });
const off = new UpdateAccessKeyCommand({ UserName, AccessKeyId: 'AKIAEXAMPLE07', Status: 'Inactive' });

async function withUser(options = {}) {
  const aws = await account(options);
  aws.given.user({ name: UserName, keys: ['AKIAEXAMPLE07'] });
  return aws;
}

describe('a call of IAM or STS goes wrong', () => {
  it('with the error that was asked for, as often as was asked for', async () => {
    const aws = await withUser();
    aws.faults.iam('AttachUserPolicy', 2, { code: 'ConcurrentModification', status: 409 });
    aws.faults.iam('AttachUserPolicy', 1, { code: 'AccessDenied', status: 403, message: 'Not you.' });
    const { iam } = sdk(aws);
    const failed = { name: 'ConcurrentModificationException', $metadata: { httpStatusCode: 409 } };
    await expect(iam.send(attach)).rejects.toMatchObject(failed);
    await expect(iam.send(attach)).rejects.toMatchObject(failed);
    await iam.send(read);
    await expect(iam.send(attach)).rejects.toMatchObject({ Code: 'AccessDenied', message: 'Not you.' });
    expect(aws.stateOf(UserName).attached).toEqual([]);
    await iam.send(attach);
    expect(aws.calls.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'iam:AttachUserPolicy ConcurrentModification',
      'iam:AttachUserPolicy ConcurrentModification',
      'iam:GetUser ok',
      'iam:AttachUserPolicy AccessDenied',
      'iam:AttachUserPolicy ok',
    ]);
  });

  it('and the SDK tries again what AWS throttles', async () => {
    const aws = await withUser();
    aws.faults.iam('GetUser', 1, { code: 'Throttling', status: 400 });
    await sdk(aws, { maxAttempts: 3 }).iam.send(read);
    expect(aws.calls).toHaveLength(2);
  });

  it('without an answer, and with or without its effect', async () => {
    const aws = await withUser();
    const { iam } = sdk(aws);
    aws.faults.iam('AttachUserPolicy', 1, 'cut');
    await expect(iam.send(attach)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(aws.stateOf(UserName).attached).toEqual([]);
    aws.faults.iam('AttachUserPolicy', 1, 'drop-reply');
    await expect(iam.send(attach)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(aws.stateOf(UserName).attached).toEqual([DENY_ALL]);
    aws.faults.iam('iam:UpdateAccessKey', 1, 'hang');
    const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
    const impatient = sdk(aws, { requestHandler }).iam;
    await expect(impatient.send(off)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(aws.stateOf(UserName).credentials).toEqual({ AKIAEXAMPLE07: 'accessKey Active' });
    expect(aws.calls.map(({ outcome }) => outcome)).toEqual(['cut', 'drop-reply', 'hang']);
  });

  it('no more once all is well again', async () => {
    const aws = await withUser();
    aws.faults.iam('AssumeRole', 5, 'cut');
    aws.faults.clear();
    aws.given.role({ name: 'Admin' });
    const RoleArn = 'arn:aws:iam::111122223333:role/Admin';
    await sdk(aws).sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ana' }));
  });
});

describe('between two calls a test can act', () => {
  it('before one and after its effect', async () => {
    const aws = await withUser();
    const seen: string[] = [];
    const note = (what: string) => () =>
      void seen.push(`${what}: ${aws.stateOf(UserName).attached.length} attached`);
    aws.before('AttachUserPolicy', note('before'));
    aws.after('iam:AttachUserPolicy', async () => {
      note('after')();
      aws.attacker(UserName).detachDeny();
    });
    const { iam } = sdk(aws);
    await iam.send(attach);
    expect(aws.stateOf(UserName).attached).toEqual([]);
    await iam.send(attach);
    expect(aws.stateOf(UserName).attached).toEqual([DENY_ALL]);
    expect(seen).toEqual(['before: 0 attached', 'after: 1 attached']);
  });

  it('and hears of each, until it stops to listen', async () => {
    const aws = await withUser();
    const heard: string[] = [];
    const stop = aws.onCall(({ name, outcome }) => heard.push(`${name} ${outcome}`));
    const { iam } = sdk(aws);
    await iam.send(read);
    await expect(iam.send(new GetUserCommand({ UserName: 'ben' }))).rejects.toThrow('ben');
    stop();
    await iam.send(read);
    expect(heard).toEqual(['iam:GetUser ok', 'iam:GetUser NoSuchEntity']);
  });
});

describe('the log of calls', () => {
  it('says who called what with which parameters, and under which request id', async () => {
    const aws = await withUser({ clock: () => 1_000_000 });
    const { iam, cloudtrail } = sdk(aws, { userAgentAppId: 'groupwatch' });
    const { $metadata } = await iam.send(attach);
    expect(aws.calls).toEqual([
      {
        name: 'iam:AttachUserPolicy',
        at: 1_000_000,
        accountId: '111122223333',
        parameters: { UserName, PolicyArn: DENY_ALL },
        caller: 'arn:aws:iam::111122223333:user/operator',
        accessKeyId: 'AKIAEXAMPLE01',
        region: 'us-east-1',
        userAgent: expect.stringContaining('app/groupwatch'),
        requestId: $metadata.requestId,
        outcome: 'ok',
      },
    ]);
    await allPages(cloudtrail);
    expect(aws.calls[1]).toMatchObject({
      name: 'cloudtrail:LookupEvents',
      parameters: { LookupAttributes: [{ AttributeValue: 'AddUserToGroup' }] },
    });
  });
});
