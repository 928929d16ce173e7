import { randomUUID } from 'node:crypto';
import type { Actor, UserIdentity } from '../actors.ts';
import type { Estate } from '../estate.ts';
import { isoSeconds } from '../iam/shapes.ts';
import { identityOf } from '../identity.ts';

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
  /** `iam.amazonaws.com` and its like. */
  eventSource: string;
  eventName: string;
  /** ms since epoch */
  at: number;
  by: Actor;
  readOnly: boolean;
  /** Default: where IAM's events are kept. */
  region?: string;
  parameters: object | null;
  response: object | null;
  requestId?: string;
  refused?: { errorCode: string; errorMessage: string };
  /** Laid over the finished record. */
  over?: Record<string, unknown>;
  /** Seen by LookupEvents only after this many ms. */
  lateMs?: number;
  /** Delivered twice, with the same eventID. */
  twice?: boolean;
}

/** Writes what CloudTrail writes about a call, into the account's trail. */
export function writeRecord(estate: Estate, happening: Happening): CloudTrailRecord {
  const record = recordOf(estate, happening);
  const delivery = { cloudTrailEvent: JSON.stringify(record), lateMs: happening.lateMs };
  estate.trail.deliver(delivery);
  if (happening.twice) estate.trail.deliver(delivery);
  return record;
}

function recordOf(estate: Estate, { by, over, region, ...what }: Happening): CloudTrailRecord {
  const signIn = what.eventSource === 'signin.amazonaws.com';
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(estate, by, what.at),
    eventTime: isoSeconds(what.at),
    eventSource: what.eventSource,
    eventName: what.eventName,
    awsRegion: region ?? estate.home.region,
    sourceIPAddress: by.sourceIp,
    userAgent: by.userAgent,
    ...what.refused,
    requestParameters: what.parameters,
    responseElements: what.response,
    requestID: what.requestId ?? randomUUID(),
    eventID: randomUUID(),
    readOnly: what.readOnly,
    eventType: signIn ? 'AwsConsoleSignIn' : 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: estate.home.accountId,
    eventCategory: 'Management',
    ...by.extra,
    ...over,
  };
}
