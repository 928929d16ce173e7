import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CloudTrailClient, DescribeTrailsCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { AttachUserPolicyCommand, CreateUserCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AWS_CALLS, isListed } from '../../src/aws/calls.ts';
import { awsClients } from '../../src/cloudtrail/clients.ts';
import { readingClients, writingClients } from '../../src/iam/clients.ts';
import { startAws } from '../../src/standins/aws/account.ts';
import { EXTERNAL_ID, RESPONDER } from '../iam/account.ts';

const src = resolve(import.meta.dirname, '../../src');

/** Calls that a package makes for us, so that no import of ours shows them. */
const BY_PACKAGES = ['sts:AssumeRole'];

/** The calls that a source imports a command or a paginator for, as permissions. */
function callsIn(text: string): string[] {
  const imports = text.matchAll(/import\s*(?:type\s*)?\{([^}]*)\}\s*from\s*'@aws-sdk\/client-([\w-]+)'/g);
  return [...imports].flatMap(([, names = '', service]) =>
    [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(
      ([, command, paginated]) => `${service}:${command ?? paginated}`,
    ),
  );
}

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^(standins|demo)\b/.test(file))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

describe('the list of calls to AWS', () => {
  it('has every call that the source makes', () => {
    const listed = new Set<string>(AWS_CALLS.map(({ permission }) => permission));
    const unlisted = sources.flatMap(({ file, text }) =>
      callsIn(text)
        .filter((call) => !listed.has(call))
        .map((call) => `${file} calls ${call}`),
    );
    expect(unlisted).toEqual([]);
  });

  it('has no call that nothing makes', () => {
    const made = new Set([...sources.flatMap(({ text }) => callsIn(text)), ...BY_PACKAGES]);
    expect(AWS_CALLS.map(({ permission }) => permission).filter((call) => !made.has(call))).toEqual([]);
  });

  it('is found in every way of importing', () => {
    expect(callsIn("import { AddUserToGroupCommand, type User } from '@aws-sdk/client-iam';")).toEqual([
      'iam:AddUserToGroup',
    ]);
    expect(callsIn("import {\n  paginateListUsers,\n} from '@aws-sdk/client-iam';")).toEqual([
      'iam:ListUsers',
    ]);
  });

  it('is kept by all clients: whole namespaces and aggregated clients are not imported', () => {
    const whole =
      /(\* as \w+ from|\b(?:IAM|STS|CloudTrail|Organizations)\b[^;]*from|import\() ?'@aws-sdk\/client-/;
    expect(sources.filter(({ text }) => whole.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('is kept by all clients: each is made where it is bound to the list', () => {
    const making = sources.filter(({ text }) => /new \w+Client\(/.test(text)).map(({ file }) => file);
    expect(making.sort()).toEqual([
      'aws/organization.ts',
      'aws/reader-session.ts',
      'cloudtrail/clients.ts',
      'iam/clients.ts',
    ]);
  });

  it('lets nobody write who reads, and nobody read who writes', () => {
    for (const { permission, grant } of AWS_CALLS) {
      if (grant === undefined) continue;
      const writes = !/:(Get|List|Lookup|AssumeRole|Simulate)/.test(permission);
      expect([permission, isListed(permission, 'writer')]).toEqual([permission, writes]);
      expect([permission, isListed(permission, 'reader')]).toEqual([permission, !writes]);
    }
  });
});

describe('a client', () => {
  const clients = async () => {
    const aws = await startAws({ enforceRate: false });
    onTestFinished(() => aws.close());
    for (const name of ['CLOUDTRAIL', 'IAM', 'STS']) process.env[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE01', AWS_SECRET_ACCESS_KEY: 'example' });
    aws.given.user({ name: 'bob' });
    aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/' });
    const writing = writingClients('us-east-1', { roleArn: RESPONDER, externalId: EXTERNAL_ID }, 'RS-1');
    return { aws, poller: awsClients('us-east-1'), reading: readingClients('us-east-1'), writing };
  };
  const attach = new AttachUserPolicyCommand({
    UserName: 'bob',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
  });

  it('sends nothing that is not in the list, or that other credentials are for', async () => {
    const { aws, poller, reading, writing } = await clients();
    const unlisted = { name: 'UnlistedCall' };
    await expect(reading.iam.send(attach)).rejects.toMatchObject({
      ...unlisted,
      message: expect.stringMatching(
        /^iam:AttachUserPolicy is not in the list of calls that the reader makes/,
      ),
    });
    await expect(reading.iam.send(new CreateUserCommand({ UserName: 'eve' }))).rejects.toMatchObject(
      unlisted,
    );
    await expect(writing.iam.send(new GetUserCommand({ UserName: 'bob' }))).rejects.toMatchObject(unlisted);
    await expect(writing.sts.send(new GetSessionTokenCommand())).rejects.toMatchObject(unlisted);
    await expect(poller.sts.send(new GetSessionTokenCommand())).rejects.toMatchObject(unlisted);
    await expect(poller.cloudtrail.send(new DescribeTrailsCommand())).rejects.toMatchObject(unlisted);
    expect(aws.calls).toEqual([]);
  });

  it('sends what is', async () => {
    const { aws, poller, reading, writing } = await clients();
    await poller.cloudtrail.send(new LookupEventsCommand());
    await reading.iam.send(new GetUserCommand({ UserName: 'bob' }));
    await writing.iam.send(attach);
    expect(aws.calls.map(({ name }) => name)).toEqual([
      'cloudtrail:LookupEvents',
      'iam:GetUser',
      'sts:AssumeRole',
      'iam:AttachUserPolicy',
    ]);
    expect(new CloudTrailClient().middlewareStack.identify().join()).not.toContain('onlyListedCalls');
    expect(poller.cloudtrail.middlewareStack.identify().join()).toContain('onlyListedCalls');
  });
});
