import { randomUUID } from 'node:crypto';
import { fieldsOf, parsedOf, textOf } from '../wire/json.ts';

/** One event on the wire of LookupEvents: the record as text, and what AWS tells about it beside. */
export interface LookedUpEvent {
  EventId: string;
  EventName: string;
  ReadOnly?: string;
  AccessKeyId?: string;
  /** Epoch seconds, whole as CloudTrail's are. */
  EventTime: number;
  EventSource?: string;
  Username?: string;
  Resources: { ResourceType: string; ResourceName: string }[];
  CloudTrailEvent: string;
}

/** A record as text, which may be broken, and what is told about it where the text can't tell. */
export interface Delivery {
  cloudTrailEvent: string;
  /** What the EventName filter sees. Default: the record's own, or AddUserToGroup. */
  eventName?: string;
  eventId?: string;
  eventTime?: Date;
  username?: string;
  /** Where it is kept. Default: what the record says; IAM's are always kept in the account's own Region. */
  region?: string;
  /** Seen by LookupEvents only after this many ms. */
  lateMs?: number;
}

/** What LookupEvents answers about a delivered record; and the Region that keeps it, unless that is IAM's. */
export function lookedUpEvent(delivery: Delivery, now: number): { event: LookedUpEvent; region?: string } {
  const record = fieldsOf(parsedOf(delivery.cloudTrailEvent));
  const identity = fieldsOf(record.userIdentity);
  const told = delivery.eventTime?.getTime() ?? Date.parse(textOf(record.eventTime) ?? '');
  const event = {
    EventId: delivery.eventId ?? textOf(record.eventID) ?? randomUUID(),
    EventName: delivery.eventName ?? textOf(record.eventName) ?? 'AddUserToGroup',
    ReadOnly: record.readOnly === undefined ? undefined : String(record.readOnly),
    AccessKeyId: textOf(identity.accessKeyId),
    EventTime: Math.floor((Number.isNaN(told) ? now : told) / 1000),
    EventSource: textOf(record.eventSource),
    Username: delivery.username ?? usernameOf(identity),
    Resources: resourcesOf(record),
    CloudTrailEvent: delivery.cloudTrailEvent,
  };
  const global = record.eventSource === 'iam.amazonaws.com';
  return { event, region: global ? undefined : (delivery.region ?? textOf(record.awsRegion)) };
}

/** A user's name, a session's name, `root`; services and Identity Center users have none. */
function usernameOf(identity: Record<string, unknown>): string | undefined {
  if (identity.type === 'Root') return 'root';
  return textOf(identity.userName) ?? textOf(textOf(identity.principalId)?.split(':')[1]);
}

/** Where a record names a resource, and its type; what AWS tells of others isn't documented. */
const RESOURCES: [string, (record: Fields) => unknown][] = [
  ['AWS::IAM::User', ({ asked, made }) => asked.userName ?? fieldsOf(made.user).userName],
  ['AWS::IAM::Group', ({ asked, made }) => asked.groupName ?? fieldsOf(made.group).groupName],
  ['AWS::IAM::Role', ({ asked }) => asked.roleName ?? asked.roleArn],
  ['AWS::IAM::Policy', ({ asked, made }) => asked.policyArn ?? fieldsOf(made.policy).arn ?? asked.policyName],
  ['AWS::IAM::AccessKey', ({ asked, made }) => asked.accessKeyId ?? fieldsOf(made.accessKey).accessKeyId],
  ['AWS::IAM::AccessKey', ({ made }) => fieldsOf(made.credentials).accessKeyId],
  ['AWS::STS::AssumedRole', ({ made }) => fieldsOf(made.assumedRoleUser).arn],
];

interface Fields {
  asked: Record<string, unknown>;
  made: Record<string, unknown>;
}

function resourcesOf(record: Record<string, unknown>): LookedUpEvent['Resources'] {
  const fields = { asked: fieldsOf(record.requestParameters), made: fieldsOf(record.responseElements) };
  return RESOURCES.flatMap(([ResourceType, nameIn]) => {
    const ResourceName = textOf(nameIn(fields));
    return ResourceName ? [{ ResourceType, ResourceName }] : [];
  });
}
