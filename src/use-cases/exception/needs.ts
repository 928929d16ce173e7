import { succeeded } from '../../domain/actor.ts';
import type { Alert } from '../../domain/alert.ts';
import type { AlertStore } from '../../ports/alerts.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExceptionStore } from '../../ports/exceptions.ts';
import type { MessageStore } from '../../ports/messages.ts';
import type { Approvers } from '../response/needs.ts';

/** What the use cases of exceptions work with. */
export interface ExceptionNeeds {
  alerts: Pick<AlertStore, 'find' | 'search'>;
  audit: Pick<AuditStore, 'record'>;
  exceptions: ExceptionStore;
  messages: Pick<MessageStore, 'notify'>;
  approvers: Approvers;
  /** Whether anybody is set up to approve. */
  approvable: boolean;
  /** Where it is announced that one ends soon. */
  channel: string;
  clock: Clock;
  /** There is something new to draw, or to do. */
  wake: () => void;
}

/** Kinds of the jobs that an exception owes. Stored: add, don't rename. */
export const EXCEPTION_JOB = { announce: 'exception.announce', expire: 'exception.expire' } as const;

/** Whether an alert tells of behaviour that can be known: an addition that was made, in a record that can be read. */
export const canBeExempted = ({ cause }: Alert): boolean => cause.is === 'match' && succeeded(cause.event);
