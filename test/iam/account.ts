import { onTestFinished } from 'vitest';
import { readingClients } from '../../src/iam/clients.ts';
import { iamReader } from '../../src/iam/reader.ts';
import { iamWriters } from '../../src/iam/writers.ts';
import type { IamReader, IamWriter } from '../../src/ports/iam.ts';
import { type AwsOptions, type AwsStandIn, startAws } from '../../src/standins/aws/account.ts';

export const ACCOUNT = '111122223333';
export const EXTERNAL_ID = 'gw-7f3a';
export const RESPONDER = `arn:aws:iam::${ACCOUNT}:role/groupwatch/groupwatch-responder`;

/** Never aborted. */
export const signal: AbortSignal = new AbortController().signal;

export interface Account {
  aws: AwsStandIn;
  reader: IamReader;
  /** Opens the writer of a request; there is one credential session a request. */
  writer(responseId?: string): IamWriter;
}

interface Options {
  aws?: AwsOptions;
  /** The key that Groupwatch runs with; by default the stand-in's operator, who may do anything. */
  accessKeyId?: string;
  externalId?: string;
  responder?: string;
  requestTimeoutMs?: number;
}

/** A stand-in with the responder role, and our reader and writer on it by the real SDK. */
export async function iamAccount(options: Options = {}): Promise<Account> {
  const aws = await startAws({ enforceRate: false, ...options.aws });
  onTestFinished(() => aws.close());
  for (const name of ['CLOUDTRAIL', 'IAM', 'STS']) process.env[`AWS_ENDPOINT_URL_${name}`] = aws.endpoint;
  const accessKeyId = options.accessKeyId ?? 'AKIAEXAMPLE01';
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: 'example' });
  aws.given.role({ name: 'groupwatch-responder', path: '/groupwatch/', trust: TRUST });
  const { requestTimeoutMs, externalId = EXTERNAL_ID, responder: roleArn = RESPONDER } = options;
  const reader = iamReader({
    ...readingClients('us-east-1', requestTimeoutMs),
    clock: { now: Date.now },
    partition: 'aws',
  });
  const writers = iamWriters({
    region: 'us-east-1',
    responder: { roleArn, externalId },
    reader,
    requestTimeoutMs,
  });
  return {
    aws,
    reader,
    writer: (responseId = 'RS-1') => writers.open({ account: ACCOUNT, responseId }),
  };
}

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } },
    },
  ],
};
