import type { Alert } from '../../domain/alert.ts';
import type { Actor } from '../../domain/event.ts';
import type { Severity } from '../../domain/severity.ts';
import { ruleOf } from '../../rules/catalogue.ts';
import { code, date, type Mrkdwn, mrkdwn, prose } from '../text.ts';

/** A severity's sign; always beside its word. */
export const SIGN: Record<Severity, string> = { low: '🟡', medium: '🟠', high: '🔴', critical: '🚨' };
const WORD: Record<Severity, string> = { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' };

/** Severity never by colour alone: a sign and its word. */
export const severityLabel = (severity: Severity): string => `${SIGN[severity]} ${WORD[severity]}`;
export const severityWord = (severity: Severity): string => WORD[severity];

/** Who it was: the human where the session tells, and the identity that AWS saw. */
export function actorWords({ type, name, human }: Actor): Mrkdwn {
  if (type === 'Root') return mrkdwn`the account's *root user*`;
  if (human) return mrkdwn`${code(human.name, 128)} by the role ${code(name, 128)}`;
  return code(name, 128);
}

/** Who added whom to which group, and where: the alert in one sentence. */
export function sentence(alert: Alert): Mrkdwn {
  if (alert.cause.is === 'unreadable') {
    return mrkdwn`A CloudTrail record of ${accountName(alert)} could not be read: ${alert.cause.why}. It may be an addition to a group.`;
  }
  const { event, subject, object } = alert.cause;
  const { wording, subject: whom, object: what } = ruleOf(alert.ruleId);
  const named = (name: string | undefined, kind: string): Mrkdwn =>
    name === undefined ? mrkdwn`a ${kind} that the record doesn't name` : code(name, 128);
  return mrkdwn`${actorWords(event.actor)} ${wording.verb} ${named(subject, whom.kind)} ${wording.preposition} ${named(object, what.kind)}`;
}

/** The same with place and time. */
export function fullSentence(alert: Alert): Mrkdwn {
  if (alert.cause.is === 'unreadable') return mrkdwn`${sentence(alert)} Received ${date(alert.eventTime)}.`;
  return mrkdwn`${sentence(alert)} in ${accountName(alert)} (${prose(alert.region, 30)}), ${date(alert.eventTime)}.`;
}

/** As people know it, and its id. */
export const accountName = ({ account, environment }: Alert): Mrkdwn =>
  environment
    ? mrkdwn`the account ${prose(environment.name, 60)} (${code(account, 20)})`
    : mrkdwn`the account ${code(account, 20)}`;
