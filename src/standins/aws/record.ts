import { randomUUID } from 'node:crypto';
import type { Actor, UserIdentity } from './actors.ts';
import { EXAMPLE_HOME, type Home } from './home.ts';

/**
 * A CloudTrail record, version 1.11.
 * docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailRecord {
  eventVersion: string;
  userIdentity: UserIdentity;
  /** When the call completed, ISO 8601 in whole seconds. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: unknown;
  responseElements: unknown;
  requestID: string;
  eventID: string;
  readOnly: boolean;
  eventType: string;
  managementEvent: boolean;
  recipientAccountId: string;
  eventCategory: string;
  [field: string]: unknown;
}

/** What a record is made from. */
export interface Happening {
  eventName: string;
  /** ms since epoch */
  at: number;
  by: Actor;
  parameters: Record<string, string> | null;
  response: object | null;
  requestId: string;
  refused?: { errorCode: string; errorMessage: string };
  /** Laid over the finished record. */
  over?: Record<string, unknown>;
}

/** The record that CloudTrail writes about a call to IAM. */
export function recordOf(home: Home, { by, over, ...what }: Happening): CloudTrailRecord {
  return {
    eventVersion: '1.11',
    userIdentity: identityIn(home, by.userIdentity, what.at),
    eventTime: wholeSeconds(what.at),
    eventSource: 'iam.amazonaws.com',
    eventName: what.eventName,
    awsRegion: home.region,
    sourceIPAddress: by.sourceIp,
    userAgent: by.userAgent,
    ...what.refused,
    requestParameters: what.parameters,
    responseElements: what.response,
    requestID: what.requestId,
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: home.accountId,
    eventCategory: 'Management',
    ...by.extra,
    ...over,
  };
}

/** An actor's identity as the account sees it: its own id and partition in place of the example's. */
export function identityIn(home: Home, identity: UserIdentity, at: number): UserIdentity {
  const moved: UserIdentity = JSON.parse(
    JSON.stringify(identity)
      .replaceAll(EXAMPLE_HOME.accountId, home.accountId)
      .replaceAll(`"arn:${EXAMPLE_HOME.partition}:`, `"arn:${home.partition}:`),
  );
  const attributes = moved.sessionContext?.attributes;
  if (!attributes) return moved;
  const began = { creationDate: wholeSeconds(at - 30 * 60_000), ...attributes };
  return { ...moved, sessionContext: { ...moved.sessionContext, attributes: began } };
}

function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
