import type { Alert, Verdict } from '../../domain/alert.ts';
import type { ResponseRequest } from '../../domain/response/request.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../text.ts';
import { withOriginal } from './response/deed.ts';
import { requestLine } from './response/state-line.ts';

export const VERDICT_WORDS: Record<Verdict, string> = {
  'true-positive': 'true positive',
  benign: 'benign',
  'false-positive': 'false positive',
};

/** A card shows so much of a note; all of it stands in the thread. */
const LONGEST_NOTE = 200;

/** Where people are with the alert, with names and times. */
export function statusLines(alert: Alert, responses: readonly ResponseRequest[] = []): Mrkdwn {
  const { handling, assignee, snooze, reopened, reminded, disablement } = alert;
  return join(
    [
      handling.is === 'open' &&
        (reopened ? reopenedLine(reopened) : mrkdwn`*Open.* Nobody has taken it yet.`),
      handling.is === 'open' &&
        reminded &&
        mrkdwn`*Called for somebody* ${reminded.times === 1 ? 'once' : `${reminded.times} times`}, ${date(reminded.at)}`,
      handling.is === 'acknowledged' &&
        mrkdwn`*Acknowledged* by ${person(handling.by)}, ${date(handling.at)}`,
      handling.is === 'resolved' &&
        mrkdwn`*Resolved as ${VERDICT_WORDS[handling.verdict]}* by ${person(handling.by)}, ${date(handling.at)}: ${prose(handling.note, LONGEST_NOTE)}`,
      assignee && assignedLine(assignee),
      snooze && mrkdwn`*Snoozed* by ${person(snooze.by)}, ${date(snooze.at)}, until ${date(snooze.until)}`,
      disablement &&
        mrkdwn`*Disablement of* ${code(disablement.user, 128)} *requested* by ${person(disablement.by)}, ${date(disablement.at)}: ${disablement.reason}`,
      ...responseLines(responses),
    ],
    '\n',
  );
}

function assignedLine({ to, by, at }: { to: string; by: string; at: number }): Mrkdwn {
  const byWhom = to === by ? '' : mrkdwn` by ${person(by)}`;
  return mrkdwn`*Assigned* to ${person(to)}${byWhom}, ${date(at)}`;
}

function reopenedLine({ by, at }: { by: string; at: number }): Mrkdwn {
  return mrkdwn`*Open again:* reopened by ${person(by)}, ${date(at)}`;
}

const MOST_RESPONSES = 6;

/** One line a request; of many the latest. */
function responseLines(responses: readonly ResponseRequest[]): Mrkdwn[] {
  const latest = responses.slice(-MOST_RESPONSES);
  const earlier = responses.length - latest.length;
  return [
    ...(earlier > 0 ? [mrkdwn`${earlier} earlier responses are in the thread.`] : []),
    ...latest.map((request) => requestLine(withOriginal(request, responses))),
  ];
}
