import type { Alert } from '../alert.ts';
import type { UserId } from '../person.ts';
import type { ResponseRequest } from './request.ts';

/** Somebody at Slack, with what ties them to an identity in AWS. */
export interface KnownPerson {
  id: UserId;
  email?: string;
}

/** Why a person may not approve, for the sake of who they are. */
export type SamePerson = 'is-requester' | 'is-actor' | 'is-concerned';

/**
 * Nobody approves what they asked for, did, or are the object of. Who is who in AWS is told by e-mail addresses:
 * of the session, of the user's name, of the owner tags. A name equal to the address's local part counts too: to
 * refuse one approver too many is safer than one too few.
 */
export function samePerson(
  person: KnownPerson,
  request: Pick<ResponseRequest, 'by'> & Partial<Pick<ResponseRequest, 'action'>>,
  alert: Alert,
  /** E-mail addresses tagged on, or configured for, an IAM user, in lower case. */
  ownersOf: (user: string) => readonly string[],
): SamePerson | undefined {
  if (person.id === request.by) return 'is-requester';
  const mail = person.email?.toLowerCase();
  if (!mail) return undefined;
  const is = (name: string | undefined): boolean =>
    name !== undefined && [mail, mail.split('@')[0]].includes(name.toLowerCase());
  const owns = (user: string | undefined): boolean => user !== undefined && ownersOf(user).includes(mail);
  if (alert.cause.is === 'match') {
    const { actor } = alert.cause.event;
    if (is(actor.human?.name) || (actor.type === 'IAMUser' && (is(actor.name) || owns(actor.name))))
      return 'is-actor';
    const { subject } = alert.cause;
    if (is(subject) || owns(subject)) return 'is-concerned';
  }
  const { action } = request;
  return action && 'user' in action && (is(action.user) || owns(action.user)) ? 'is-concerned' : undefined;
}
