import type { UserId } from '../../domain/person.ts';
import type { Instant } from '../../domain/time.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { IamReader, IamWriters } from '../../ports/iam.ts';
import type { Log } from '../../ports/log.ts';
import type { ResponseStore } from '../../ports/responses.ts';
import type { Addition } from './membership.ts';

/** Who people are in Slack, asked anew. */
export interface Approvers {
  /** Why this person may not approve now, as a sentence; nothing when they may. */
  denial(id: UserId): Promise<string | undefined>;
  emailOf(id: UserId): Promise<string | undefined>;
}

/** How responses are set up. */
export interface ResponseSettings {
  mode: 'request' | 'execute';
  /** How long a request waits for an approver, in milliseconds. */
  expiry: number;
  /** ARNs, with `*`, that no action may touch. */
  protectedPrincipals: readonly string[];
  /** Whether sessions of roles may be revoked at all. */
  revokeSessions: boolean;
  /** Whether anybody is set up to approve. */
  approvable: boolean;
}

/** What the use cases of responses work with. */
export interface ResponseNeeds {
  alerts: AlertStore;
  responses: ResponseStore;
  audit: AuditStore;
  approvers: Approvers;
  reader: IamReader;
  /** Absent where nothing may be written. */
  writers?: IamWriters;
  /** Role sessions that a user opened since then, as ARNs; a deny on the user doesn't reach them. */
  sessionsOf: (user: string, since: Instant, signal: AbortSignal) => Promise<string[]>;
  /** What shows that the user was in the group before, in words. */
  membershipBefore: (addition: Addition, signal: AbortSignal) => Promise<string | undefined>;
  settings: ResponseSettings;
  clock: Clock;
  log: Log;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** Kinds of the jobs that a request owes. Stored: add, don't rename. */
export const RESPONSE_JOB = {
  preview: 'response.preview',
  expire: 'response.expire',
  carryOut: 'response.carry-out',
  check: 'response.check',
  late: 'response.late-step',
} as const;
