import type { Alert } from './alert.ts';
import type { UserId } from './person.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';
import { atWork, type WorkingHours } from './working-hours.ts';

/** How an alert calls for somebody while nobody takes it. */
export interface Escalation {
  /** How long an alert waits before each reminder, in milliseconds; one of a severity that isn't named waits in silence. */
  after: Partial<Record<Severity, number>>;
  /** Reminders in a row; none is off. */
  atMost: number;
  /** Users and user groups who are called first: whoever may respond. Empty means everyone in the channel. */
  responders: readonly UserId[];
  /** Users and user groups who are called after them, one each reminder. */
  next: readonly UserId[];
  /** Only critical alerts call outside of them. */
  hours?: WorkingHours;
}

/** Whom a reminder calls. `everyone` is the whole channel, after nobody of the others has come. */
export interface Call {
  /** From 1 on. */
  number: number;
  of: number;
  to: readonly UserId[];
  everyone: boolean;
}

/** Whom each reminder calls, in order: those who may respond, each of the next, and at last the channel. */
function rungs({ atMost, next }: Escalation): ('responders' | 'everyone' | { next: UserId })[] {
  if (atMost < 2) return atMost < 1 ? [] : ['responders'];
  return ['responders', ...next.slice(0, atMost - 2).map((id) => ({ next: id })), 'everyone'];
}

/**
 * When an alert is to remind of itself next, `now` at the earliest; nothing when somebody has it, or when it has
 * called everyone. It waits from when it could be seen, was reopened, was awake again or has last reminded.
 */
export function remindAt(
  alert: Alert,
  plan: Escalation,
  { shownAt = 0, now = 0 }: { shownAt?: Instant; now?: Instant } = {},
): Instant | undefined {
  const after = plan.after[alert.severity];
  const sent = alert.reminded?.times ?? 0;
  if (alert.handling.is !== 'open' || after === undefined || sent >= rungs(plan).length) return undefined;
  const at = Math.max(now, Math.max(waitingSince(alert), shownAt, alert.reminded?.at ?? 0) + after);
  return plan.hours && alert.severity !== 'critical' ? atWork(plan.hours, at) : at;
}

/** Since when nobody has it, a snooze not counted. */
export function waitingSince({ raisedAt, reopened, wokenAt, snooze }: Alert): Instant {
  return Math.max(raisedAt, reopened?.at ?? 0, wokenAt ?? 0, snooze?.until ?? 0);
}

/** Whom the next reminder of an alert calls; `spare` are those who have dealt with it before and aren't pinged. */
export function nextCall(alert: Alert, plan: Escalation, spare: readonly UserId[]): Call | undefined {
  const steps = rungs(plan);
  const number = (alert.reminded?.times ?? 0) + 1;
  const step = steps[number - 1];
  if (!step) return undefined;
  const who = step === 'responders' ? called(alert, plan) : step === 'everyone' ? [] : [step.next];
  const to = who.filter((id) => !spare.includes(id));
  return { number, of: steps.length, to, everyone: step === 'everyone' };
}

/** Whoever it is assigned to, before all others. */
const called = ({ assignee }: Alert, { responders }: Escalation): readonly UserId[] =>
  assignee ? [assignee.to] : responders;
