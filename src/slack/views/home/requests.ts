import type { Button, KnownBlock } from '@slack/types';
import type { Exception } from '../../../domain/exception.ts';
import { actions, button, context, header, section } from '../../blocks.ts';
import { ACTION } from '../../ids.ts';
import { code, date, mrkdwn, person, prose } from '../../text.ts';
import { decisionButtons } from '../exception/buttons.ts';
import { conditionsLine } from '../exception/conditions.ts';
import { type Asked, deed } from '../response/deed.ts';
import type { HomeOf } from './home-of.ts';

/** Requests and exceptions that this person may decide on; Approve and Deny open the same forms as on the request's card. */
export function requests(
  { asked, exceptions, total }: NonNullable<HomeOf['requests']>,
  linkOf: HomeOf['linkOf'],
): KnownBlock[] {
  if (total === 0) return [];
  const left = total - asked.length - exceptions.length;
  return [
    header(`Waiting for your approval · ${total}`, 'home.requests'),
    ...asked.flatMap((one) => entry(one, linkOf({ id: one.request.alertId }))),
    ...exceptions.flatMap((one) => exemption(one, linkOf({ id: one.alertId }))),
    ...(left > 0
      ? [context([mrkdwn`… and ${left} more, in the threads of their alerts`], 'home.requests-more')]
      : []),
  ];
}

function entry(asked: Asked, url: string | undefined): KnownBlock[] {
  const { id, account, alertId, by, reason, state } = asked.request;
  const until = state.is === 'pending' ? mrkdwn`, until ${date(state.expiresAt)}` : mrkdwn``;
  return [
    section(
      mrkdwn`✋ ${person(by)} asks to ${deed(asked)} in the account ${code(account, 20)}: ${prose(reason, 300)}\n${code(id)} · alert ${code(alertId)}${until}`,
      { block_id: `home.request.${id}` },
    ),
    actions(
      [
        button('Approve…', ACTION.approveResponse, id, {
          style: 'primary',
          accessibility_label: `Approve… ${id}, after a look at what it does`,
        }),
        button('Deny…', ACTION.denyResponse, id, { accessibility_label: `Deny… ${id}` }),
        ...openCard(alertId, url),
      ],
      `home.request.${id}.acts`,
    ),
  ];
}

/** Known behaviour that is to raise no alert any more; an exception is decided on at once, after a question. */
function exemption(
  { id, alertId, by, reason, conditions }: Exception,
  url: string | undefined,
): KnownBlock[] {
  return [
    section(
      mrkdwn`🙈 ${person(by)} asks for an exception, no alert for: ${conditionsLine(conditions)}: ${prose(reason, 300)}\n${code(id)} · alert ${code(alertId)}`,
      { block_id: `home.exception.${id}` },
    ),
    actions([...decisionButtons(id), ...openCard(alertId, url)], `home.exception.${id}.acts`),
  ];
}

const openCard = (alertId: string, url: string | undefined): Button[] =>
  url
    ? [button('Open card', ACTION.openCard, alertId, { url, accessibility_label: `Open card of ${alertId}` })]
    : [];
