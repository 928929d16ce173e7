import type { AlertId } from '../alert.ts';
import type { UserId } from '../person.ts';
import type { Instant } from '../time.ts';
import type { Operation, RequestId, ResponseAction } from './action.ts';
import type { RoleSnapshot, UserSnapshot } from './snapshot.ts';

/**
 * Where one step is. `preexisting` was so before us: never undone. `unavailable`: a quota stood in the way, and the
 * next step is the way around it. `conflict`: somebody else has changed it since; a person must look. `by-hand`:
 * a person has run its command.
 */
export type StepState =
  | { is: 'planned' }
  /** `preexisting`: it was so before us, and is done once more after somebody undid it. */
  | { is: 'applying'; at: Instant; preexisting?: boolean }
  | { is: 'applied'; at: Instant; requestId?: string; reapplied?: number }
  | { is: 'by-hand'; at: Instant; by: UserId }
  | { is: 'preexisting'; at: Instant }
  | { is: 'unavailable'; at: Instant; why: string }
  | { is: 'conflict'; at: Instant; why: string }
  | { is: 'failed'; at: Instant; why: string; permission?: string }
  | { is: 'undone'; at: Instant; by: RequestId };

/** One write, with what would take it back. */
export interface Step {
  /** Unique within its request, and stable: `deny`, `key:AKIAEXAMPLE01`, … */
  id: string;
  operation: Operation;
  /** Takes the operation back as it was before; absent when nothing can. */
  undo?: Operation;
  /** Why nothing can. */
  irreversible?: string;
  /** For an undo: the step of the other request that this one takes back. */
  undoes?: string;
  state: StepState;
  /** Not before this moment: some undoing must wait. */
  notBefore?: Instant;
  /** The step of this request that must stand first, or this one is left alone. */
  needs?: string;
}

/** Where a request is. */
export type RequestState =
  | { is: 'pending'; expiresAt: Instant }
  | { is: 'denied'; by: UserId; at: Instant; reason: string }
  | { is: 'withdrawn'; by: UserId; at: Instant }
  | { is: 'expired'; at: Instant }
  /** Approved; in `request` mode it stays so until people have run every command. */
  | { is: 'approved'; at: Instant }
  | { is: 'running'; at: Instant }
  /** Refused before the first write, with nothing changed, or stopped half-way: the steps tell. */
  | { is: 'refused'; at: Instant; why: string }
  | { is: 'stopped'; at: Instant; why: string }
  | { is: 'done'; at: Instant }
  /** An approved request takes it back just now. */
  | { is: 'undoing'; at: Instant; by: RequestId }
  | { is: 'undone'; at: Instant; by: RequestId };

/** Something that the checks after containment have found. */
export interface Finding {
  at: Instant;
  is: 'reapplied' | 'drifted' | 'new' | 'session' | 'unreadable';
  /** A key's id, a policy's ARN, a role session's ARN, … Hostile text. */
  what: string;
  detail?: string;
}

/** What the approvers see before they decide; read from IAM, so it may come a moment after the request. */
export type Preview =
  | { is: 'waiting' }
  | {
      is: 'known';
      at: Instant;
      steps: Step[];
      /** Credentials that were used in the last 24 hours, in words. */
      inUse: string[];
      /** What can't be undone, in words. */
      lost: string[];
      /** E-mail addresses by which people own the users concerned, by the user's name in lower case. */
      owners: Record<string, string[]>;
      objection?: string;
    }
  | { is: 'unreadable'; at: Instant; why: string };

/** One action that somebody asked for, and all that came of it. */
export interface ResponseRequest {
  id: RequestId;
  /** Grows by one with every change; a save only succeeds over the version before. */
  version: number;
  alertId: AlertId;
  account: string;
  partition: string;
  action: ResponseAction;
  reason: string;
  by: UserId;
  at: Instant;
  /** The unique id of the user, group or role as it was when the alert was raised, where it could be read. */
  pinned?: { userId?: string; groupId?: string };
  mode: 'request' | 'execute';
  preview: Preview;
  approval?: { by: UserId; at: Instant };
  state: RequestState;
  /** Written before the first write to IAM. */
  snapshot?: { user: UserSnapshot } | { role: RoleSnapshot };
  steps: Step[];
  /** How many of the checks after containment have been made, and what they found. */
  checks: { made: number; lastAt?: Instant };
  findings: Finding[];
}
