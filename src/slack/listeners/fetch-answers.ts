import type { AnswerRefusal, AnswerWish } from '../../use-cases/answers/ask.ts';
import type { Desk } from '../desk.ts';
import { type Mrkdwn, mrkdwn } from '../text.ts';
import { gone } from '../views/refusal.ts';
import { type Answer, type Click, onClick } from './click.ts';

/** Fetches every answer of one phase of a guide. */
export const fetchAnswers = (desk: Desk) =>
  onClick(desk, (click) => {
    const [alertId = '', phase = ''] = click.carries;
    return answerWish(desk, click, { do: 'fetch-all', alertId, phase });
  });

type Wish = AnswerWish extends infer One ? (One extends AnswerWish ? Omit<One, 'by'> : never) : never;

/** Asks for an answer, or for it no more, and says why where it had no effect. */
export async function answerWish(desk: Desk, click: Click, wish: Wish): Promise<Answer> {
  const refusal = await desk.askAnswer({ ...wish, by: click.by.id });
  return refusal && WORDS[refusal]();
}

const WORDS: Record<AnswerRefusal, () => Mrkdwn> = {
  gone,
  'not-a-question': () => mrkdwn`Only a person can answer this one.`,
  'under-way': () => mrkdwn`It is being looked up already.`,
  'nothing-under-way': () => mrkdwn`Nothing is being looked up for this step any more.`,
  unanswered: () => mrkdwn`There is no answer yet. Fetch it first.`,
  there: () => mrkdwn`The answer is in the thread already.`,
};
