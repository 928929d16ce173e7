import type { ResponseAction } from '../../../domain/response/action.ts';
import type { ResponseRequest } from '../../../domain/response/request.ts';
import { code, type Mrkdwn, mrkdwn } from '../../text.ts';

/** A request as a view needs it: one that takes another back is told with that other one. */
export interface Asked {
  request: ResponseRequest;
  /** What the request takes back. */
  original?: ResponseRequest;
}

/** Pairs a request with the one that it takes back, out of all of an alert. */
export function withOriginal(request: ResponseRequest, all: readonly ResponseRequest[]): Asked {
  const { action } = request;
  return { request, original: action.do === 'undo' ? all.find(({ id }) => id === action.of) : undefined };
}

/** What is asked for, as it goes on after "asks to". */
export function deed({ request, original }: Asked): Mrkdwn {
  const { action } = request;
  if (action.do !== 'undo') return actionWords(action);
  if (!original) return mrkdwn`take back what ${code(action.of)} did`;
  return mrkdwn`take back what ${code(action.of)} did (${actionWords(original.action)})`;
}

/** The same of an action alone. */
export function actionWords(action: ResponseAction): Mrkdwn {
  switch (action.do) {
    case 'disable-user':
      return action.deletePassword
        ? mrkdwn`disable the user ${code(action.user, 64)} and delete the console password`
        : mrkdwn`disable the user ${code(action.user, 64)}`;
    case 'remove-from-group':
      return mrkdwn`take the user ${code(action.user, 64)} out of the group ${code(action.group, 128)} again`;
    case 'revoke-sessions':
      return mrkdwn`revoke the open sessions of the role ${code(action.role, 64)}`;
    case 'undo':
      return mrkdwn`take back what ${code(action.of)} did`;
  }
}

const TITLES: Record<ResponseAction['do'], string> = {
  'disable-user': 'Disable a user',
  'remove-from-group': 'Take a user out of a group',
  'revoke-sessions': "Revoke a role's sessions",
  undo: 'Take a response back',
};

/** The same without names, for a headline. */
export const deedTitle = ({ action }: ResponseRequest): string => TITLES[action.do];

/** Whom it is on in the end: the user or role whose name an approver types. */
export function targetOf({ request, original }: Asked): { kind: 'user' | 'role'; name: string } {
  const action = request.action.do === 'undo' ? original?.action : request.action;
  if (!action || action.do === 'undo') return { kind: 'user', name: '' };
  return action.do === 'revoke-sessions'
    ? { kind: 'role', name: action.role }
    : { kind: 'user', name: action.user };
}
