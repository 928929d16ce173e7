import type { Exception, ExceptionState } from '../../../domain/exception.ts';
import { date, join, type Mrkdwn, mrkdwn, person } from '../../text.ts';

/** In a few words, with a sign: for headlines, lists and refusals. */
export const STATE_WORDS: Record<ExceptionState['is'], string> = {
  pending: '✋ waiting for approval',
  active: '🙈 in force',
  denied: '⛔ denied',
  ended: '🏁 ended',
};

/** Where the exception is, by whom, and until when. */
export function stateLine(
  { state, expiresAt }: Exception,
  { approvers }: { approvers: readonly string[] },
): Mrkdwn {
  switch (state.is) {
    case 'pending':
      return approvers.length === 0
        ? mrkdwn`✋ *Nobody can approve this:* nobody is set up to (\`APPROVERS\`). It exempts nothing.`
        : mrkdwn`✋ ${join(approvers.map(person), ' ')} *please decide* until ${date(expiresAt)}: the group gives rights that an intruder would want, or nobody knows what it gives. Until then it exempts nothing. Whoever asked, whoever set off the alert and whom it is about can't approve.`;
    case 'active':
      return state.approvedBy === undefined
        ? mrkdwn`🙈 *In force* until ${date(expiresAt)}.`
        : mrkdwn`🙈 *In force* until ${date(expiresAt)}, approved by ${person(state.approvedBy)}, ${date(state.at)}.`;
    case 'denied':
      return mrkdwn`⛔ *Denied* by ${person(state.by)}, ${date(state.at)}. It exempts nothing.`;
    case 'ended':
      return state.by === undefined
        ? mrkdwn`🏁 *Ended* ${date(state.at)}: its time was over. Such additions raise alerts again.`
        : mrkdwn`🏁 *Ended* by ${person(state.by)}, ${date(state.at)}. Such additions raise alerts again.`;
  }
}

/** How often it has exempted an addition, and when last. */
export const hitsLine = ({ hits, lastHitAt }: Exception): Mrkdwn =>
  hits === 0 || lastHitAt === undefined
    ? mrkdwn`no hits so far`
    : mrkdwn`${hits} ${hits === 1 ? 'hit' : 'hits'}, last ${date(lastHitAt)}`;
