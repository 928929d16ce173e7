import { succeeded } from '../actor.ts';
import type { Alert } from '../alert.ts';
import type { ResponseAction } from './action.ts';

/** What may be asked for from an alert, by a word that stands for it in a form. */
export interface ResponseChoice {
  choice: 'disable-subject' | 'disable-actor' | 'remove-from-group' | 'revoke-sessions';
  action: ResponseAction;
}

/** Roles whose policies AWS doesn't let anybody change, by the names that it gives them. */
const NOT_OURS = /^(AWSReservedSSO_|AWSServiceRoleFor)/;

/** Every action that fits an alert, the most usual first; none for a record that nobody could read. */
export function choicesFor(
  { account, cause }: Alert,
  { revokeSessions }: { revokeSessions: boolean },
): ResponseChoice[] {
  if (cause.is !== 'match') return [];
  const { object: group, event } = cause;
  // Whom AWS refused to add is in no group, and has done nothing.
  const user = succeeded(event) ? cause.subject : undefined;
  const { actor } = event;
  const choices: ResponseChoice[] = [];
  if (user !== undefined)
    choices.push({
      choice: 'disable-subject',
      action: { do: 'disable-user', user, deletePassword: false },
    });
  const atHome = actor.accountId === undefined || actor.accountId === account;
  if (actor.type === 'IAMUser' && atHome && actor.name.toLowerCase() !== user?.toLowerCase())
    choices.push({
      choice: 'disable-actor',
      action: { do: 'disable-user', user: actor.name, deletePassword: false },
    });
  if (user !== undefined && group !== undefined)
    choices.push({ choice: 'remove-from-group', action: { do: 'remove-from-group', user, group } });
  if (revokeSessions && actor.type === 'AssumedRole' && atHome && !NOT_OURS.test(actor.name))
    choices.push({ choice: 'revoke-sessions', action: { do: 'revoke-sessions', role: actor.name } });
  return choices;
}
