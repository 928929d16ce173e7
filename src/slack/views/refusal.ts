import type { Refusal } from '../../domain/alert-lifecycle.ts';
import type { UserId } from '../../domain/person.ts';
import type { Denial } from '../people.ts';
import { date, type Mrkdwn, mrkdwn, person } from '../text.ts';

const DONE: Record<Refusal['because'], [already: string, ofYours: string]> = {
  'already-acknowledged': ['acknowledged it', 'You have acknowledged it already.'],
  'already-resolved': ['resolved it', 'You have resolved it already.'],
  'already-assigned': ['assigned it', 'You have assigned it already.'],
  'already-snoozed': ['snoozed it', 'You have snoozed it already.'],
  'already-open': ['reopened it', 'It is open already.'],
  'guide-already-open': ['opened the guide', 'You have opened the guide already: it is in the thread.'],
  'already-marked': ['marked this step', 'You have marked this step already.'],
  'already-noted': ['noted something on this step', 'You have noted something on this step already.'],
  'already-requested': ['requested the disablement', 'You have requested it already.'],
  resolved: ['resolved it', 'You have resolved it. Reopen it first, from its menu.'],
};

/** Why an act had no effect, in plain words: who was faster, and when. */
export function refusalText({ because, by, at }: Refusal, { me }: { me: UserId }): Mrkdwn {
  const [done, ofYours] = DONE[because];
  if (by === undefined || by === me) return mrkdwn`${ofYours}`;
  const when = at === undefined ? '' : mrkdwn`, ${date(at)}`;
  const what = because === 'resolved' ? 'Reopen it first, from its menu.' : 'Nothing was changed.';
  return mrkdwn`${person(by)} was faster and ${done}${when}. ${what}`;
}

const DENIALS: Record<Denial, string> = {
  'other-workspace': 'Only people of this workspace can act on alerts.',
  guest: "Guests can't act on alerts. Ask a responder of your security team.",
  bot: "Bots can't act on alerts.",
  stranger: 'Only people of this workspace can act on alerts.',
  deactivated: "A deactivated account can't act on alerts.",
  'not-a-responder':
    "You aren't one of the responders, so nothing was changed. Ask whoever runs Groupwatch to add you.",
  'not-an-approver':
    "You aren't one of the approvers, so nothing was changed. They are mentioned on the request; whoever runs Groupwatch sets them.",
  'no-approvers':
    'Nobody is set up to approve, so nothing can be carried out. Whoever runs Groupwatch sets APPROVERS.',
  unknown: "Slack didn't tell Groupwatch who you are, so nothing was changed. Please try again in a minute.",
};

export const notAllowed = (denial: Denial): Mrkdwn => mrkdwn`🔒 ${DENIALS[denial]}`;

/** What stands on the Home tab of who may not see what is on it. */
export const noHome = (denial: Denial): Mrkdwn =>
  denial === 'unknown'
    ? mrkdwn`Slack didn't tell Groupwatch who you are. Please open this again in a minute.`
    : mrkdwn`🔒 Only responders see here what Groupwatch has found. Whoever runs it can add you to them.`;

export const gone = (): Mrkdwn => mrkdwn`Groupwatch doesn't know this alert any more. Nothing was changed.`;

export const goneResponse = (): Mrkdwn =>
  mrkdwn`Groupwatch doesn't know this request any more. Nothing was changed.`;

export const tooLate = (): Mrkdwn => mrkdwn`That took too long for Slack. Please press again.`;

/** The reference stands in the log. */
export const broken = (reference: string): Mrkdwn =>
  mrkdwn`Something went wrong, and nothing was changed as far as Groupwatch can tell. Please try again; whoever runs it finds the cause under the reference \`${reference}\`.`;
