import type { KnownBlock } from '@slack/types';
import type { ResponseRequest } from '../../../domain/response/request.ts';
import { actions, context, header, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { buttons } from './buttons.ts';
import { checks } from './checks.ts';
import { type Asked, deed, deedTitle, targetOf } from './deed.ts';
import { plan } from './plan.ts';
import { STATE_WORDS, stateLines } from './state-line.ts';

interface Setting {
  version: number;
  approvers: readonly string[];
}

/** A request as the thread sees it, from the question to the last check. */
export function requestCard(asked: Asked, { version, approvers }: Setting): Drawn {
  const { request } = asked;
  const id = (name: string): string => `response.${name}.${version}`;
  const blocks: KnownBlock[] = [
    header(`${deedTitle(request)} · ${STATE_WORDS[request.state.is]}`, id('headline')),
    section(question(asked), { block_id: id('question') }),
    section(stateLines(request, { approvers }), { block_id: id('state') }),
    ...plan(request, id),
    ...checks(request, id),
    context([mrkdwn`${code(request.id)} · alert ${code(request.alertId)}`], id('footer')),
  ];
  const pressable = buttons(request, { approvable: approvers.length > 0 });
  if (pressable.length > 0) blocks.push(actions(pressable, id('actions')));
  return { text: push(asked, approvers).text, blocks };
}

/** What the phone shows; approvers are called only while there is something to decide. */
function push(asked: Asked, approvers: readonly string[]): Mrkdwn {
  const { request } = asked;
  const called =
    request.state.is === 'pending' && approvers.length > 0
      ? mrkdwn`${join(approvers.map(person), ' ')} please decide: `
      : mrkdwn``;
  return mrkdwn`${called}${person(request.by)} asks to ${deed(asked)} in ${code(request.account)}: ${STATE_WORDS[request.state.is]} · ${request.id}`;
}

/** Who, where, by whom, when and why. */
export function question(asked: Asked): Mrkdwn {
  const { request } = asked;
  const { kind, name } = targetOf(asked);
  const unique =
    kind === 'user' && request.pinned?.userId ? mrkdwn` (${code(request.pinned.userId, 64)})` : mrkdwn``;
  return mrkdwn`*${kind === 'user' ? 'User' : 'Role'}* ${code(name, 64)}${unique} *in the account* ${code(request.account)}\n${person(request.by)} asked, ${date(request.at)}, to ${deed(asked)}: ${prose(request.reason)}${putBackOn(request)}`;
}

function putBackOn({ action }: ResponseRequest): Mrkdwn {
  if (action.do !== 'undo') return mrkdwn``;
  return action.reactivate
    ? mrkdwn`\n⚠️ *Credentials that were set to inactive are to work again.*`
    : mrkdwn`\nCredentials that were set to inactive stay so.`;
}
