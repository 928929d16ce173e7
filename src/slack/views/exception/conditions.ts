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

/** What an event must be like, all of it, in one line. The longest values are clipped. */
export function conditionsLine(conditions: Conditions): Mrkdwn {
  const keys = ['actor', 'user', 'group', 'account', 'source', 'userAgent'] as const;
  const given = keys.map((key) => {
    const wanted = conditions[key];
    return wanted !== undefined && mrkdwn`${LABELS[key]} ${code(wanted, 128)}`;
  });
  return join(given, ' *and* ');
}
