import type { Assessment } from './assessment.ts';
import type { CloudTrailEvent } from './event.ts';
import type { GuideMarks } from './guide.ts';
import type { UserId } from './person.ts';
import type { Criticality } from './routing.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

export type AlertId = string;

export const VERDICTS = ['true-positive', 'benign', 'false-positive'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Where people are with an alert. Each state carries only what it knows. */
export type Handling =
  | { is: 'open' }
  | { is: 'acknowledged'; by: UserId; at: Instant }
  | { is: 'resolved'; by: UserId; at: Instant; verdict: Verdict; note: string };

/** What raised the alert: a record that the rule matched, or one that nobody could read. */
export type Cause =
  | { is: 'match'; event: CloudTrailEvent; subject?: string; object?: string }
  | { is: 'unreadable'; why: string };

export interface DisablementRequest {
  by: UserId;
  at: Instant;
  /** Name of the IAM user who is to be disabled. */
  user: string;
  reason: string;
}

/** A record that belongs to this alert: a correction, the same call once more, or what Groupwatch did about it. */
export interface RelatedRecord {
  key: string;
  relation: 'correction' | 'duplicate' | 'own-action';
  updatedFields?: string;
}

/** One event that somebody should look at, and all that people did about it. */
export interface Alert {
  id: AlertId;
  /** Grows by one with every change; a save only succeeds over the version before. */
  version: number;
  ruleId: string;
  account: string;
  /** What people said of the account when the alert was raised. */
  environment?: { name: string; criticality: Criticality };
  region: string;
  /** Unique with `account`. */
  eventKey: string;
  /** When it happened; for an unreadable record, when it was received. */
  eventTime: Instant;
  raisedAt: Instant;
  /** The rule's own at first, then those of the assessment. */
  severity: Severity;
  riskScore: number;
  cause: Cause;
  /** What was found out about it; absent until the facts are in. */
  assessment?: Assessment;
  handling: Handling;
  /** How often it was taken up again after a resolution. */
  reopened?: { by: UserId; at: Instant };
  assignee?: { to: UserId; by: UserId; at: Instant };
  snooze?: { until: Instant; by: UserId; at: Instant };
  /** When its last snooze was over. */
  wokenAt?: Instant;
  /** How often it has called for somebody since it was opened, and when last. */
  reminded?: { times: number; at: Instant };
  disablement?: DisablementRequest;
  /** The unique ids of user and group soon after the alert was raised; names can be given anew. */
  pinned?: { userId?: string; groupId?: string; at: Instant };
  guideOpenedBy?: UserId;
  guide: GuideMarks;
  related: RelatedRecord[];
}
