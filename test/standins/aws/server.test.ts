import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startAws } from '../../../src/standins/aws/account.ts';
import { OPERATIONS } from '../../../src/standins/aws/operations.ts';
import { account } from './sdk.ts';

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE01/20261124/us-east-1/${service}/aws4_request, Signature=00`;

describe('the server', () => {
  it('answers exactly the operations that its README names', () => {
    const readme = readFileSync(`${import.meta.dirname}/../../../src/standins/aws/README.md`, 'utf8');
    const cells = [...readme.matchAll(/^\| (`.+?) +\|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+:\w+)`/g)].map(([, name]) => name));
    expect(named.toSorted()).toEqual([...OPERATIONS.keys()].toSorted());
  });

  it('refuses a request without a signature', async () => {
    const aws = await account();
    const answer = await fetch(aws.endpoint, { method: 'POST', body: 'Action=GetCallerIdentity' });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>MissingAuthenticationToken</Code>');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
  });

  it('refuses an unknown target', async () => {
    const aws = await account();
    const headers = {
      authorization: authorization('cloudtrail'),
      'x-amz-target': 'CloudTrail_20131101.StopLogging',
    };
    const answer = await fetch(aws.endpoint, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it("refuses one service's action in another", async () => {
    const aws = await account();
    const headers = { authorization: authorization('sts') };
    const body = new URLSearchParams({ Action: 'CreateUser', UserName: 'ana' });
    const answer = await fetch(aws.endpoint, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidAction</Code>');
  });

  it('closes while a lookup hangs', async () => {
    const aws = await startAws();
    aws.faults.hang(1, 60_000);
    const headers = {
      authorization: authorization('cloudtrail'),
      'x-amz-target': 'CloudTrail_20131101.LookupEvents',
    };
    const hung = fetch(aws.endpoint, { method: 'POST', headers, body: '{}' });
    const failed = expect(hung).rejects.toThrow();
    await expect.poll(() => aws.lookups.map(({ outcome }) => outcome)).toEqual(['hang']);
    await aws.close();
    await failed;
  });
});
