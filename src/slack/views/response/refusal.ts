import type { UserId } from '../../../domain/person.ts';
import type { RequestRefusal } from '../../../domain/response/lifecycle.ts';
import type { ResponseRefusal } from '../../../use-cases/respond.ts';
import type { Denial } from '../../people.ts';
import { code, date, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { STATE_WORDS } from './state-line.ts';

/** Why a wish about a response had no effect, and what can be done instead. */
export function responseRefusalText(refusal: ResponseRefusal, { me }: { me: UserId }): Mrkdwn {
  switch (refusal.because) {
    case 'own-request':
    case 'is-requester':
      return mrkdwn`🔒 You have asked for this yourself, so somebody else has to decide: nobody acts alone here. You can withdraw it.`;
    case 'is-actor':
      return mrkdwn`🔒 By your e-mail address you are the one who set off this alert, so somebody else has to decide. Nothing was changed.`;
    case 'is-concerned':
      return mrkdwn`🔒 By your e-mail address you are the one whom this is about, so somebody else has to decide. Nothing was changed.`;
    case 'not-an-approver':
      return mrkdwn`🔒 ${prose(refusal.why)} Nothing was changed.`;
    case 'no-approvers':
      return mrkdwn`🔒 Nobody is set up to approve, so nothing can be carried out. Whoever runs Groupwatch sets \`APPROVERS\`.`;
    case 'wrong-name':
      return mrkdwn`That isn't the name: it is ${code(refusal.expected, 64)}. Nothing was changed.`;
    case 'already-requested':
      return refusal.by === me
        ? mrkdwn`You have asked for this already, ${date(refusal.at)}: the request is in its alert's thread.`
        : mrkdwn`${person(refusal.by)} was faster and asked for it, ${date(refusal.at)}: the request is in its alert's thread. Nothing was changed.`;
    case 'not-possible':
      return mrkdwn`${prose(refusal.why)} Nothing was changed.`;
    case 'expired':
      return mrkdwn`The request has expired: nobody decided in time. Nothing was changed; if it is still needed, ask again.`;
    case 'not-yours':
      return mrkdwn`Only whoever asked can withdraw it. An approver can deny it. Nothing was changed.`;
    case 'already-run':
      return who(refusal, me, 'marked this step as run');
    case 'already-decided':
      return decided(refusal, me);
    case 'nothing-to-retry':
      return mrkdwn`There is nothing to retry: the request is *${state(refusal)}*.`;
    case 'not-now':
      return mrkdwn`That can't be done now: the request is *${state(refusal)}*. Nothing was changed.`;
  }
}

/** What stands under the input for the name; plain text. */
export const wrongNameText = ({ kind }: { kind: 'user' | 'role' }): string =>
  `That isn't the ${kind}'s name. Type it exactly as it stands above, with upper and lower case.`;

const state = ({ is }: RequestRefusal): string => (is ? STATE_WORDS[is] : 'further already');

function who({ by, at }: RequestRefusal, me: UserId, did: string): Mrkdwn {
  if (by === undefined || by === me) return mrkdwn`You have ${did} already.`;
  const when = at === undefined ? mrkdwn`` : mrkdwn`, ${date(at)}`;
  return mrkdwn`${person(by)} was faster and ${did}${when}. Nothing was changed.`;
}

function decided(refusal: RequestRefusal, me: UserId): Mrkdwn {
  if (refusal.is === 'expired')
    return mrkdwn`The request has expired: nobody decided in time. If it is still needed, ask again.`;
  const did = DECISIONS[refusal.is ?? ''] ?? 'approved it';
  return who(refusal, me, did);
}

/** What whoever was faster did; every other state comes after an approval. */
const DECISIONS: Record<string, string> = { denied: 'denied it', withdrawn: 'withdrew it' };

const NO_APPROVER: Record<Denial, string> = {
  'other-workspace': 'Only people of this workspace can approve.',
  guest: "Guests can't approve.",
  bot: "Bots can't approve.",
  stranger: 'Only people of this workspace can approve.',
  deactivated: "A deactivated account can't approve.",
  'not-a-responder': 'Only approvers can approve.',
  'not-an-approver': 'Only people who are listed as approvers can approve or deny.',
  'no-approvers': 'Nobody is set up to approve.',
  unknown: "Slack doesn't tell who this is, so they can't approve now.",
};

/** Why somebody may not approve, as a sentence that fits for them and for the record. */
export const approverDenialText = (denial: Denial): string => NO_APPROVER[denial];
