import type { Actor, CloudTrailEvent } from '../event.ts';
import type { Signal } from './signal.ts';

/** What the record alone tells about the risk; `subject` is the name of the added user, where it is known. */
export function signalsOfRecord(event: CloudTrailEvent, subject?: string): Signal[] {
  const { actor } = event;
  const signals: Signal[] = [];
  const self = subject === undefined ? undefined : selfAddition(event, subject);
  if (self) signals.push(self);
  if (actor.type === 'Root') signals.push({ is: 'root' });
  if (actor.mfa === false) signals.push({ is: 'weak-session', why: 'no-mfa' });
  if (isLongTermKey(actor)) signals.push({ is: 'weak-session', why: 'long-term-key' });
  if (actor.delegateAccount) signals.push({ is: 'delegated-access', account: actor.delegateAccount });
  return signals;
}

/** Names of IAM are the same whatever their letter case; a session's name is chosen freely, so it proves nothing. */
function selfAddition({ actor, account }: CloudTrailEvent, subject: string): Signal | undefined {
  const isSubject = (name: string | undefined): boolean => name?.toLowerCase() === subject.toLowerCase();
  const elsewhere = actor.accountId !== undefined && actor.accountId !== account;
  if (elsewhere) return undefined;
  if (actor.type === 'IAMUser' && isSubject(actor.name))
    return { is: 'self-addition', user: subject, by: 'user' };
  return actor.human?.by === 'sourceIdentity' && isSubject(actor.human.name)
    ? { is: 'self-addition', user: subject, by: 'source-identity' }
    : undefined;
}

/** Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: AKIA is a long-term key, ASIA a session's. */
function isLongTermKey({ accessKeyId }: Actor): boolean {
  return accessKeyId?.startsWith('AKIA') ?? false;
}
