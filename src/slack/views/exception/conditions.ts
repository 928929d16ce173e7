import type { Conditions } from '../../../domain/exception.ts';
import { code, join, type Mrkdwn, mrkdwn } from '../../text.ts';

const LABELS: Record<keyof Conditions, string> = {
  actor: 'actor',
  user: 'user',
  group: 'group',
  account: 'account',
  source: 'from',
  userAgent: 'user agent',
};
const KEYS = ['actor', 'user', 'group', 'account', 'source', 'userAgent'] as const;

/** What an event must be like, all of it, in one line; what is long is clipped. */
export function conditionsLine(conditions: Conditions): Mrkdwn {
  return join(
    conditionList({ ...conditions, actor: conditions.actor?.replace(ARN_UP_TO_NAME, '') }, 80),
    ' *and* ',
  );
}

/** Every condition by itself. */
export function conditionList(conditions: Conditions, longest = 300): Mrkdwn[] {
  return KEYS.flatMap((key) => {
    const wanted = conditions[key];
    return wanted === undefined ? [] : [mrkdwn`${LABELS[key]} ${code(wanted, longest)}`];
  });
}

/** `user/hr-bot` and `assumed-role/Admin` say as much to people. */
const ARN_UP_TO_NAME = /^arn:[^:]*:(iam|sts)::\d*:/;
