import type { UserId } from '../../../domain/person.ts';
import type { AnswerResult, AskRefusal, AskResult } from '../../../use-cases/question/wish.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';

/** What to tell who wanted somebody asked; nothing when the thread shows what came of it. */
export function askAnswer(result: AskResult, me: UserId): Mrkdwn | undefined {
  if (result.is === 'refused') return askRefusalText(result.refusal, me);
  return result.is === 'gone'
    ? mrkdwn`Groupwatch doesn't know this alert any more. Nobody was asked.`
    : undefined;
}

function askRefusalText(refusal: AskRefusal, me: UserId): Mrkdwn {
  switch (refusal.because) {
    case 'unreadable':
      return mrkdwn`The record of this alert could not be read, so there is nobody to ask.`;
    case 'already-asked': {
      const { to, by, at } = refusal;
      const asked = by === me ? mrkdwn`You have asked` : mrkdwn`${person(by)} has asked`;
      return mrkdwn`${asked} ${person(to)} already, ${date(at)}. The answer comes into the thread.`;
    }
    case 'unfit':
      return mrkdwn`${person(refusal.to)} can't be asked: ${prose(refusal.why)} Nobody was asked.`;
    case 'nobody-found':
      return mrkdwn`*Nobody was asked:* ${looked(refusal)}\n*To do:* ${remedy(refusal)}`;
  }
}

type NobodyFound = Extract<AskRefusal, { because: 'nobody-found' }>;

const MOST = 5;

function looked({ tried, asked, unread }: NobodyFound): Mrkdwn {
  const who = asked === 'actor' ? 'who made the change' : "the user's owner";
  const addresses = tried
    .slice(0, MOST)
    .map(({ email, where }) => mrkdwn`${code(email, 80)} (${prose(where, 160)})`);
  return join(
    [
      addresses.length === 0
        ? mrkdwn`there is no e-mail address of ${who}, neither in the record nor in tags.`
        : mrkdwn`nobody in this workspace has the address ${join(addresses, ', ')}.`,
      unread !== undefined && mrkdwn`The tags could not be read: ${prose(unread, 300)}`,
    ],
    ' ',
  );
}

function remedy({ asked, tagged }: NobodyFound): Mrkdwn {
  const user = tagged === undefined ? mrkdwn`the IAM user` : mrkdwn`the IAM user ${code(tagged, 64)}`;
  if (asked === 'owner')
    return mrkdwn`tag ${user} with \`owner\`, the e-mail address of a colleague as Slack has it.`;
  return tagged === undefined
    ? mrkdwn`let people open role sessions under their e-mail address, as session name or, better, as source identity.`
    : mrkdwn`tag ${user} with \`email\`, the address as Slack has it.`;
}

/** What to tell who wanted to answer; nothing when the message shows it. */
export function answerAnswer(result: AnswerResult): Mrkdwn | undefined {
  if (result.is === 'gone')
    return mrkdwn`Groupwatch doesn't know this question any more. Nothing was changed.`;
  if (result.is !== 'refused') return undefined;
  const { refusal } = result;
  return refusal.because === 'not-asked'
    ? mrkdwn`🔒 Only ${person(refusal.to)} can answer this. Nothing was changed.`
    : mrkdwn`You have answered already, ${date(refusal.at)}: an answer can't be changed. Tell the security team if it was wrong.`;
}
