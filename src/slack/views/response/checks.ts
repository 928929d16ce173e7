import type { KnownBlock } from '@slack/types';
import type { ResponseRequest } from '../../../domain/response/request.ts';
import { context } from '../../blocks.ts';
import { date, type Mrkdwn, mrkdwn } from '../../text.ts';
import { findingWords } from './finding.ts';
import { cardList, type Id } from './plan.ts';

/** What looking again afterwards has found, the latest first, and how often it was done. */
export function checks(request: ResponseRequest, id: Id): KnownBlock[] {
  const found = request.findings.map((one) => mrkdwn`${findingWords(one)}, ${date(one.at)}`);
  const looked = lookedAgain(request);
  return [
    ...(found.length > 0 ? cardList(request, 'Found afterwards', found.toReversed(), id) : []),
    ...(looked ? [context([looked], id('checked'))] : []),
  ];
}

function lookedAgain({
  checks: { made, lastAt },
  findings,
  state,
  action,
  mode,
}: ResponseRequest): Mrkdwn | undefined {
  if (made > 0 && lastAt !== undefined) {
    const all = findings.length === 0 ? ' All of it stands.' : '';
    return mrkdwn`🔎 Looked again ${made === 1 ? 'once' : `${made} times`}, last ${date(lastAt)}.${all}`;
  }
  return state.is === 'done' && mode === 'execute' && action.do === 'disable-user'
    ? mrkdwn`🔎 Groupwatch looks again after 5 s, 30 s, 2, 10 and 30 minutes whether all of it stands.`
    : undefined;
}
