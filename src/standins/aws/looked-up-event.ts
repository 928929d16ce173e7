import { randomUUID } from 'node:crypto';
import { fieldsOf, parsedOf, textOf } from './json.ts';

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
  /** Seen by LookupEvents only after this many ms. */
  lateMs?: number;
}

/** What LookupEvents answers about a delivered record. */
export function lookedUpEvent(delivery: Delivery, now: number): LookedUpEvent {
  const record = fieldsOf(parsedOf(delivery.cloudTrailEvent));
  const identity = fieldsOf(record.userIdentity);
  const told = delivery.eventTime?.getTime() ?? Date.parse(textOf(record.eventTime) ?? '');
  return {
    EventId: delivery.eventId ?? textOf(record.eventID) ?? randomUUID(),
    EventName: delivery.eventName ?? textOf(record.eventName) ?? 'AddUserToGroup',
    ReadOnly: record.readOnly === undefined ? undefined : String(record.readOnly),
    AccessKeyId: textOf(identity.accessKeyId),
    EventTime: Math.floor((Number.isNaN(told) ? now : told) / 1000),
    EventSource: textOf(record.eventSource),
    Username: delivery.username ?? usernameOf(identity),
    Resources: resourcesOf(fieldsOf(record.requestParameters)),
    CloudTrailEvent: delivery.cloudTrailEvent,
  };
}

/** A user's name, a session's name, `root`; services and Identity Center users have none. */
function usernameOf(identity: Record<string, unknown>): string | undefined {
  if (identity.type === 'Root') return 'root';
  return textOf(identity.userName) ?? textOf(textOf(identity.principalId)?.split(':')[1]);
}

function resourcesOf({ userName, groupName }: Record<string, unknown>): LookedUpEvent['Resources'] {
  const user = textOf(userName);
  const group = textOf(groupName);
  return [
    ...(user ? [{ ResourceType: 'AWS::IAM::User', ResourceName: user }] : []),
    ...(group ? [{ ResourceType: 'AWS::IAM::Group', ResourceName: group }] : []),
  ];
}
