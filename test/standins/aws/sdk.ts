import {
  CloudTrailClient,
  type LookupEventsCommandOutput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { type AwsOptions, type AwsStandIn, startAws } from '../../../src/standins/aws/account.ts';

/** Static credentials, as a person would export them. */
export const KEYS = { accessKeyId: 'AKIAEXAMPLE01', secretAccessKey: 'example-secret' };

/** The test's filter: what Groupwatch asks for. */
export const ADDITIONS = [{ AttributeKey: 'EventName' as const, AttributeValue: 'AddUserToGroup' }];

/** An account for one test, without the rate limit unless it's asked for. */
export async function account(options: AwsOptions = {}): Promise<AwsStandIn> {
  const aws = await startAws({ enforceRate: false, ...options });
  onTestFinished(() => aws.close());
  return aws;
}

/** The real SDK, pointed at the stand-in. One attempt, so that errors come through as they were answered. */
export function sdk(aws: AwsStandIn, settings: object = {}) {
  const config = {
    region: aws.region,
    endpoint: aws.endpoint,
    credentials: KEYS,
    maxAttempts: 1,
    ...settings,
  };
  const clients = {
    cloudtrail: new CloudTrailClient(config),
    iam: new IAMClient(config),
    sts: new STSClient(config),
  };
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return clients;
}

/** Every page to the end, by the SDK's own paginator. */
export async function allPages(client: CloudTrailClient, input: object = {}) {
  const pages: LookupEventsCommandOutput[] = [];
  for await (const page of paginateLookupEvents({ client }, { LookupAttributes: ADDITIONS, ...input }))
    pages.push(page);
  return pages;
}

/** The record in an event's text. */
export function recordIn(event: { CloudTrailEvent?: string } | undefined): Record<string, unknown> {
  return JSON.parse(event?.CloudTrailEvent ?? 'null');
}
