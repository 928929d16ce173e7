import type { KnownBlock } from '@slack/types';
import { succeeded } from '../../../domain/actor.ts';
import type { Alert } from '../../../domain/alert.ts';
import type { Question } from '../../../domain/question.ts';
import { actions, button, context, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { ACTION } from '../../ids.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { ANSWER_SIGNS, ANSWER_WORDS } from './words.ts';

/** A question as the person asked sees it, before and after the answer. */
export function questionMessage(question: Question, alert: Alert, { version }: { version: number }): Drawn {
  const id = (name: string): string => `question.${name}.${version}`;
  const said = happened(question, alert);
  const asks = mrkdwn`*${ASK[question.asked]}*`;
  const blocks: KnownBlock[] = [
    section(said, { block_id: id('happened') }),
    ...(question.answer
      ? [section(thanks(question), { block_id: id('answer') })]
      : [section(asks, { block_id: id('question') }), actions(buttons(question), id('actions'))]),
    context([about(question)], id('about')),
  ];
  const first = question.answer ? mrkdwn`Thank you for your answer.` : asks;
  return { text: join([first, said], ' ').text, blocks };
}

const ASK: Record<Question['asked'], string> = {
  actor: 'Was that you?',
  owner: 'Do you know about it?',
};

/** What happened, in words for people who know nothing of alerts. */
export function happened(
  { asked, where }: Pick<Question, 'asked' | 'where'>,
  { cause, account }: Alert,
): Mrkdwn {
  if (cause.is !== 'match') return mrkdwn`Something happened in the AWS account ${code(account, 20)}.`;
  const { event, subject, object } = cause;
  const actor = code(event.actor.name, 64);
  const whom = subject === undefined ? mrkdwn`somebody` : mrkdwn`the user ${code(subject, 64)}`;
  const what = object === undefined ? mrkdwn`a group` : mrkdwn`the group ${code(object, 128)}`;
  const did = succeeded(event) ? 'added' : 'tried, in vain, to add';
  const done = mrkdwn`${did} ${whom} to ${what} in the AWS account ${code(event.account, 20)}, ${date(event.time)}`;
  const found = prose(where, 160);
  const who =
    asked === 'actor'
      ? mrkdwn`Somebody who works there as ${actor} (by the ${found} that is you) has ${done}.`
      : mrkdwn`${actor} has ${done}. By the ${found} you are the one to ask about that user.`;
  return join([who, origin(event)], ' ');
}

function origin({
  sourceAddress: { text },
  userAgent,
}: {
  sourceAddress: { text: string };
  userAgent?: string;
}) {
  const from = text === '' ? mrkdwn`an address that is not known` : code(text, 64);
  const by = userAgent === undefined ? mrkdwn`` : mrkdwn`, with ${code(userAgent, 100)}`;
  return mrkdwn`It came from ${from}${by}.`;
}

const about = ({ by }: Question): Mrkdwn =>
  mrkdwn`${person(by)} asks through Groupwatch, which tells the security team who is added to groups in AWS. They see your answer. It changes nothing in AWS.`;

function thanks({ answer, asked }: Question): Mrkdwn {
  if (!answer) return mrkdwn``;
  const { said, comment, at } = answer;
  const told = comment === undefined ? mrkdwn`.` : mrkdwn`: ${prose(comment, 500)}`;
  return mrkdwn`${ANSWER_SIGNS[said]} You answered *${ANSWER_WORDS[asked][said]}*, ${date(at)}${told}\nThank you. The security team has been told.`;
}

function buttons({ id, asked }: Question) {
  const words = ANSWER_WORDS[asked];
  return [
    button(words.yes, ACTION.answerYes, id),
    button(words.no, ACTION.answerNo, id),
    button(words.unsure, ACTION.answerUnsure, id),
  ];
}
