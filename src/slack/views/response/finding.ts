import { code, type Mrkdwn, mrkdwn, prose } from '../../text.ts';

const WORDS: Record<string, string> = {
  reapplied: '🔁 *Somebody had undone it, and Groupwatch has put it back:*',
  drifted: '⚠️ *Somebody has changed it since:*',
  new: '🆕 *New since, and not covered:*',
  session: '🕳️ *A role session that this does not reach, and that goes on:*',
  unreadable: "🙈 *Couldn't be looked at:*",
};

/** One thing that looking again after a response has found. */
export function findingWords({ is, what, detail }: { is: string; what: string; detail?: string }): Mrkdwn {
  const more = detail === undefined ? mrkdwn`` : mrkdwn` (${prose(detail, 200)})`;
  const named = is === 'unreadable' ? prose(what, 300) : code(what, 160);
  return mrkdwn`${WORDS[is] ?? '🔎'} ${named}${more}`;
}
