import type { Instant } from './time.ts';

/** Who called AWS, as the record's userIdentity tells it. Nothing but `type` is certain to be there. */
export interface Actor {
  /** userIdentity.type as written (`IAMUser`, `AssumedRole`, `Root`, …), or `Unknown` when it has none. */
  type: string;
  /** The best name there is: user, role, federated user, service, or `unknown`. */
  name: string;
  arn?: string;
  principalId?: string;
  accountId?: string;
  accessKeyId?: string;
  /** The human behind a role session, where the session tells: sourceIdentity, else the session name. */
  human?: { name: string; by: 'sourceIdentity' | 'sessionName' };
  /** Whether the session had multi-factor authentication; absent when the record doesn't say. */
  mfa?: boolean;
  /** The AWS service that made the call for the actor. */
  invokedBy?: string;
  /** Account of a product provider acting by temporary delegated access. */
  delegateAccount?: string;
}

/** Where a call came from. CloudTrail writes service names and `AWS Internal` into sourceIPAddress as well. */
export type SourceAddress =
  | { is: 'ip'; version: 4 | 6; text: string }
  | { is: 'service'; text: string }
  | { is: 'aws-internal'; text: string }
  | { is: 'unknown'; text: string };

/** Why CloudTrail wrote or rewrote a record late. */
export interface Addendum {
  reason: string;
  originalEventId?: string;
  updatedFields?: string;
}

/** One CloudTrail record, reduced to what a rule or a responder asks of it. Text is as AWS gave it: hostile. */
export interface CloudTrailEvent {
  /** Unique within its account: the eventID, or `sha256:…` of the content where there is none. */
  key: string;
  eventId?: string;
  requestId?: string;
  /** The account whose resources changed. */
  account: string;
  region: string;
  time: Instant;
  source: string;
  name: string;
  errorCode?: string;
  errorMessage?: string;
  /** The string parameters of the request; empty when AWS left them out. */
  parameters: Record<string, string>;
  /** Why `parameters` is empty, when AWS says so. */
  parametersOmitted?: boolean;
  actor: Actor;
  sourceAddress: SourceAddress;
  userAgent?: string;
  fromConsole: boolean;
  readOnly?: boolean;
  addendum?: Addendum;
}

/** What became of one raw record. Unreadable ones keep their text, so that nothing is lost. */
export type Reading =
  | { is: 'event'; event: CloudTrailEvent; raw: string }
  | { is: 'unreadable'; key: string; why: string; raw: string };

/** The same call recorded under another eventID has the same soft key (AWS doesn't promise that duplicates share theirs). */
export function softKey(event: CloudTrailEvent): string | undefined {
  return event.requestId ? [event.requestId, event.name, event.time].join('|') : undefined;
}
