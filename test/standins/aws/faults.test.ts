import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetUserCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AwsStandIn } from '../../../src/standins/aws/account.ts';
import { account, allPages, sdk } from './sdk.ts';

const lookup = () => new LookupEventsCommand({});
const outcomes = (aws: AwsStandIn) => aws.lookups.map(({ outcome }) => outcome);

describe('a throttled lookup', () => {
  it('succeeds when the SDK tries again', async () => {
    const aws = await account();
    aws.faults.throttle(1);
    await sdk(aws, { maxAttempts: 3 }).cloudtrail.send(lookup());
    expect(outcomes(aws)).toEqual(['ThrottlingException', 'ok']);
  });

  it('is what a third one in the same second gets', async () => {
    let now = Date.UTC(2026, 10, 24);
    const aws = await account({ enforceRate: true, clock: () => now });
    const { cloudtrail } = sdk(aws);
    await cloudtrail.send(lookup());
    await cloudtrail.send(lookup());
    const throttled = { name: 'ThrottlingException', message: 'Rate exceeded' };
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject(throttled);
    now += 500;
    await cloudtrail.send(lookup());
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject(throttled);
  });
});

describe('the way to AWS', () => {
  it('hangs until the client gives up, then works', async () => {
    const aws = await account();
    aws.faults.hang(1, 60_000);
    const requestHandler = { requestTimeout: 100, throwOnRequestTimeout: true };
    const { cloudtrail } = sdk(aws, { requestHandler });
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject({ name: 'TimeoutError' });
    await cloudtrail.send(lookup());
    expect(outcomes(aws)).toEqual(['hang', 'ok']);
  });

  it('is slow, and answers', async () => {
    const aws = await account();
    aws.faults.hang(1, 20);
    await sdk(aws).cloudtrail.send(lookup());
    expect(outcomes(aws)).toEqual(['ok']);
  });

  it("leads to a proxy's page", async () => {
    const aws = await account();
    aws.faults.nonJson(1);
    const { cloudtrail } = sdk(aws);
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject({ name: 'SyntaxError' });
    await cloudtrail.send(lookup());
    expect(outcomes(aws)).toEqual(['non-json', 'ok']);
  });

  it('fails with a status', async () => {
    const aws = await account();
    aws.faults.fail(1, 503);
    const { cloudtrail } = sdk(aws);
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    await cloudtrail.send(lookup());
  });

  it('is cut', async () => {
    const aws = await account();
    aws.faults.cut(1);
    const { cloudtrail } = sdk(aws);
    await expect(cloudtrail.send(lookup())).rejects.toThrow(/socket hang up|ECONNRESET/);
    await cloudtrail.send(lookup());
    expect(outcomes(aws)).toEqual(['cut', 'ok']);
  });

  it('shows another time than ours', async () => {
    const aws = await account({ clock: () => Date.UTC(2026, 10, 24) });
    const dateOf = async () => (await fetch(aws.endpoint, { method: 'POST' })).headers.get('date');
    expect(await dateOf()).toBe('Tue, 24 Nov 2026 00:00:00 GMT');
    aws.faults.skew(90_000);
    expect(await dateOf()).toBe('Tue, 24 Nov 2026 00:01:30 GMT');
  });
});

describe('paging', () => {
  it('goes on over empty pages that carry a token', async () => {
    const aws = await account();
    aws.addUserToGroup({ user: 'ana', group: 'admins' });
    aws.faults.emptyPages(2);
    const pages = await allPages(sdk(aws).cloudtrail);
    expect(pages.map((page) => page.Events?.length)).toEqual([0, 0, 1]);
  });

  it('breaks in the middle on a token error, and works from the start again', async () => {
    const aws = await account();
    for (const user of ['ana', 'ben']) aws.addUserToGroup({ user, group: 'admins' });
    aws.faults.tokenError(1);
    const { cloudtrail } = sdk(aws);
    const scan = () => allPages(cloudtrail, { MaxResults: 1 });
    await expect(scan()).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
    expect(await scan()).toHaveLength(2);
  });
});

describe('want of permission and credentials', () => {
  it('denies lookups by name of the caller, until allowed', async () => {
    const aws = await account();
    aws.faults.deny(true);
    const { cloudtrail, sts } = sdk(aws);
    const error = {
      name: 'AccessDeniedException',
      message: expect.stringContaining(':user/operator is not'),
    };
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject(error);
    await sts.send(new GetCallerIdentityCommand({}));
    aws.faults.deny(false);
    await cloudtrail.send(lookup());
    expect(outcomes(aws)).toEqual(['AccessDeniedException', 'ok']);
  });

  it('refuses expired credentials in every service, until cleared', async () => {
    const aws = await account();
    aws.createUser('ana');
    aws.faults.expired(true);
    const { cloudtrail, iam, sts } = sdk(aws);
    await expect(cloudtrail.send(lookup())).rejects.toMatchObject({ name: 'ExpiredTokenException' });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ Code: 'ExpiredToken' });
    const user = new GetUserCommand({ UserName: 'ana' });
    await expect(iam.send(user)).rejects.toMatchObject({ Code: 'ExpiredToken' });
    aws.faults.clear();
    await iam.send(user);
    await cloudtrail.send(lookup());
  });
});
