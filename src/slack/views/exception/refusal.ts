import type { UserId } from '../../../domain/person.ts';
import type { ExceptionResult, WishRefusal } from '../../../use-cases/exception/wish.ts';
import { date, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { responseRefusalText } from '../response/refusal.ts';
import { STATE_WORDS } from './state.ts';

/** Why a wish about an exception had no effect, and what can be done instead. */
export function exceptionRefusalText(refusal: WishRefusal, { me }: { me: UserId }): Mrkdwn {
  switch (refusal.because) {
    case 'own-exception':
      return mrkdwn`🔒 You have added this exception yourself, so somebody else has to approve it: nobody acts alone here. You can end it.`;
    case 'not-now': {
      const { is, by, at } = refusal;
      const who = by === undefined ? mrkdwn`` : mrkdwn`, by ${by === me ? 'you' : person(by)}`;
      const when = at === undefined ? mrkdwn`` : mrkdwn`, ${date(at)}`;
      return mrkdwn`That can't be done now: the exception is *${STATE_WORDS[is]}*${who}${when}. Nothing was changed.`;
    }
    case 'no-approvers':
      return mrkdwn`🔒 This exception needs a second person, since it may concern a group with administrator rights, and nobody is set up to approve. Whoever runs Groupwatch sets \`APPROVERS\`. Nothing was saved.`;
    case 'nothing-to-exempt':
      return mrkdwn`There is nothing in this alert that could be known behaviour: an exception is made from an addition that took place, in a record that could be read.`;
    default:
      return responseRefusalText(refusal, { me });
  }
}

/** What to tell the person about their wish; nothing when the thread shows what came of it. */
export function exceptionAnswer(result: ExceptionResult, me: UserId): Mrkdwn | undefined {
  if (result.is === 'refused') return exceptionRefusalText(result.refusal, { me });
  if (result.is === 'gone')
    return mrkdwn`Groupwatch doesn't know this alert or exception any more. Nothing was changed.`;
  return result.is === 'flawed' ? prose(result.flaws.map(({ why }) => why).join(' ')) : undefined;
}
