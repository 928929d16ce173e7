import type { KnownBlock } from '@slack/types';
import { isLive } from '../../../domain/exception/lifecycle.ts';
import type { Exception } from '../../../domain/exception.ts';
import { actions, context, header, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { COMMAND } from '../../ids.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { decisionButtons, endButton } from './buttons.ts';
import { conditionsLine } from './conditions.ts';
import { STATE_WORDS, stateLine } from './state.ts';

interface Setting {
  version: number;
  approvers: readonly string[];
}

/** An exception in the thread of the alert that it was made from. */
export function exceptionCard(exception: Exception, { version, approvers }: Setting): Drawn {
  const { id: exceptionId, state, by, at, reason, conditions } = exception;
  const id = (name: string): string => `exception.${name}.${version}`;
  const pressable = [
    ...(state.is === 'pending' && approvers.length > 0 ? decisionButtons(exceptionId) : []),
    ...(isLive(exception) ? [endButton(exceptionId)] : []),
  ];
  const blocks: KnownBlock[] = [
    header(`Exception · ${STATE_WORDS[state.is]}`, id('headline')),
    section(mrkdwn`No alert for: ${conditionsLine(conditions)}`, { block_id: id('conditions') }),
    section(mrkdwn`${person(by)} added it, ${date(at)}: ${prose(reason)}`, { block_id: id('reason') }),
    section(stateLine(exception, { approvers }), { block_id: id('state') }),
    context(
      [mrkdwn`${code(exceptionId)} · what it exempts: \`${COMMAND} exceptions ${exceptionId}\``],
      id('footer'),
    ),
    ...(pressable.length > 0 ? [actions(pressable, id('actions'))] : []),
  ];
  return { text: push(exception, approvers).text, blocks };
}

/** What the phone shows; approvers are called only while there is something to decide. */
function push({ state, by, conditions, id }: Exception, approvers: readonly string[]): Mrkdwn {
  const called =
    state.is === 'pending' && approvers.length > 0
      ? mrkdwn`${join(approvers.map(person), ' ')} please decide: `
      : mrkdwn``;
  return mrkdwn`${called}${person(by)} exempts ${conditionsLine(conditions)}: ${STATE_WORDS[state.is]} · ${id}`;
}
