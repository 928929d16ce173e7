import type { SectionBlock } from '@slack/types';
import { spanInWords } from '../../../domain/time.ts';
import { section } from '../../blocks.ts';
import { code, date, join, type Mrkdwn, mrkdwn } from '../../text.ts';
import type { Status, WatchedAccount } from '../answers/status.ts';

/** The blind first: those are what somebody must know of. */
const MOST = 5;

/** Whether every account is seen, in a line each. */
export function watchHealth({ accounts, now, queue }: Status): SectionBlock {
  const sorted = accounts.toSorted((one, other) => Number(isSeen(one)) - Number(isSeen(other)));
  const left = accounts.length - MOST;
  return section(
    join(
      [
        accounts.length === 0 && mrkdwn`⏳ No account is watched yet`,
        ...sorted.slice(0, MOST).map((account) => line(account, now)),
        left > 0 && mrkdwn`… and ${left} more accounts`,
        queue > 0 && mrkdwn`✉️ ${queue} messages wait to be shown in Slack`,
      ],
      '\n',
    ),
    { block_id: 'home.watch' },
  );
}

const isSeen = ({ blindSince, completedAt }: WatchedAccount): boolean =>
  blindSince === undefined && completedAt !== undefined;

function line({ account, completedAt, blindSince }: WatchedAccount, now: number): Mrkdwn {
  if (blindSince !== undefined)
    return mrkdwn`🙈 *The account ${code(account, 20)} can't be watched* since ${date(blindSince)}`;
  return completedAt === undefined
    ? mrkdwn`⏳ The account ${code(account, 20)} hasn't been looked at yet`
    : mrkdwn`👁️ The account ${code(account, 20)} is watched, last looked at ${spanInWords(now - completedAt)} ago`;
}
