import type { KnownBlock } from '@slack/types';
import { actorKey } from '../../../domain/actor.ts';
import type { Attempt } from '../../../domain/attempt.ts';
import { section } from '../../blocks.ts';
import { code, date, type Mrkdwn, mrkdwn } from '../../text.ts';

/** How many attempts of somebody are shown with what else is known of them. */
export const LATEST_ATTEMPTS = 3;

/** What AWS has turned down of an actor, the newest first; nothing when there is none. */
export function attemptBlocks({
  attempts,
  total,
}: {
  attempts: readonly Attempt[];
  total: number;
}): KnownBlock[] {
  const [latest] = attempts;
  if (!latest) return [];
  return [
    section(mrkdwn`*Refused attempts*: ${total}, last ${date(latest.event.time)}`),
    ...attempts.map((one) => section(line(one))),
  ];
}

function line({ event, subject, object, account }: Attempt): Mrkdwn {
  const whom = subject === undefined ? mrkdwn`somebody` : code(subject, 64);
  const what = object === undefined ? mrkdwn`a group that the record doesn't name` : code(object, 64);
  const why = code(event.errorCode ?? event.errorMessage ?? 'refused', 64);
  return mrkdwn`${date(event.time)} ${code(actorKey(event.actor), 128)} tried to add ${whom} to ${what} in ${code(account, 20)}: ${why}`;
}
