import type { KnownBlock } from '@slack/types';
import type { ResponseRequest, Step } from '../../../domain/response/request.ts';
import { context, section } from '../../blocks.ts';
import { COMMAND } from '../../ids.ts';
import { date, type Mrkdwn, mrkdwn, prose } from '../../text.ts';
import { listed } from './listed.ts';
import { plannedLine, stepLine } from './step-line.ts';

/** What one message may hold is 10,000 characters; these leave room for the sentences around them. */
const STEPS_BUDGET = 3_500;
const LIST_BUDGET = 1_300;

/** Gives the blocks of one drawing ids of their own. */
export type Id = (name: string) => string;

/** A list on the card; what is too much for it stands in the answer to a command. */
export function cardList(
  request: ResponseRequest,
  heading: string,
  all: readonly Mrkdwn[],
  id: Id,
  budget = LIST_BUDGET,
) {
  return listed(mrkdwn`*${heading}*`, all, {
    budget,
    more: (left) => mrkdwn`… and ${left} more: \`${COMMAND} response ${request.id}\``,
    id: (part) => id(`${heading.toLowerCase().replace(/\W+/g, '-')}.${part}`),
  });
}

/** What would be done and what it would break; once it has begun, the steps themselves. */
export function plan(request: ResponseRequest, id: Id): KnownBlock[] {
  const { state, preview, steps } = request;
  if (state.is === 'denied' || state.is === 'withdrawn' || state.is === 'expired' || state.is === 'refused')
    return [];
  if (steps.length > 0) {
    return cardList(
      request,
      state.is === 'undone' ? 'What it had done' : 'Steps',
      numbered(steps, stepLine),
      id,
      STEPS_BUDGET,
    );
  }
  if (preview.is === 'waiting')
    return [context([mrkdwn`Groupwatch is reading in IAM what this would do…`], id('waiting'))];
  if (preview.is === 'unreadable') {
    const words = mrkdwn`⚠️ *What this would do could not be read from IAM*, ${date(preview.at)}: ${prose(preview.why)}\nApprove it only if you know what it would do.`;
    return [section(words, { block_id: id('unreadable') })];
  }
  const { inUse, lost } = previewLists(request, preview);
  const planned = numbered(preview.steps, plannedLine);
  return [
    ...cardList(request, 'What will be done, in this order', planned, id, STEPS_BUDGET),
    ...(inUse.length > 0 ? cardList(request, 'What it will break', inUse, id) : []),
    ...(lost.length > 0 ? cardList(request, "What can't be undone", lost, id) : []),
    context(
      [mrkdwn`As IAM had it, ${date(preview.at)}. It is read again before anything is done.`],
      id('read'),
    ),
  ];
}

/** What stops working, and what is gone for good; said even where it is nothing, when a user is to be disabled. */
export function previewLists(
  { action }: ResponseRequest,
  preview: { inUse: readonly string[]; lost: readonly string[] },
): { inUse: Mrkdwn[]; lost: Mrkdwn[] } {
  const [inUse = [], lost = []] = [preview.inUse, preview.lost].map((whats) =>
    whats.map((what) => mrkdwn`• ${prose(what, 300)}`),
  );
  if (action.do !== 'disable-user') return { inUse, lost };
  return {
    inUse: inUse.length > 0 ? inUse : [mrkdwn`None of the user's credentials was used in the last 24 hours.`],
    lost: lost.length > 0 ? lost : [mrkdwn`Nothing: all of it can be taken back.`],
  };
}

/** Steps by their numbers, as the runbook has them too. */
export const numbered = (steps: readonly Step[], words: (step: Step, number: number) => Mrkdwn): Mrkdwn[] =>
  steps.length > 0 ? steps.map((step, index) => words(step, index + 1)) : [mrkdwn`Nothing.`];
