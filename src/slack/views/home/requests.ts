import type { KnownBlock } from '@slack/types';
import { actions, button, context, header, section } from '../../blocks.ts';
import { ACTION } from '../../ids.ts';
import { code, date, mrkdwn, person, prose } from '../../text.ts';
import { type Asked, deed } from '../response/deed.ts';
import type { HomeOf } from './home-of.ts';

/** Requests that this person may decide on; Approve and Deny open the same forms as on the request's card. */
export function requests(
  { asked, total }: NonNullable<HomeOf['requests']>,
  linkOf: HomeOf['linkOf'],
): KnownBlock[] {
  if (asked.length === 0) return [];
  const left = total - asked.length;
  return [
    header(`Waiting for your approval · ${total}`, 'home.requests'),
    ...asked.flatMap((one) => entry(one, linkOf({ id: one.request.alertId }))),
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
      mrkdwn`✋ ${person(by)} asks to ${deed(asked)} in the account ${code(account)}: ${prose(reason, 300)}\n${code(id)} · alert ${code(alertId)}${until}`,
      { block_id: `home.request.${id}` },
    ),
    actions(
      [
        button('Approve…', ACTION.approveResponse, id, {
          style: 'primary',
          accessibility_label: `Approve… ${id}, after a look at what it does`,
        }),
        button('Deny…', ACTION.denyResponse, id, { accessibility_label: `Deny… ${id}` }),
        ...(url
          ? [
              button('Open card', ACTION.openCard, alertId, {
                url,
                accessibility_label: `Open card of ${alertId}`,
              }),
            ]
          : []),
      ],
      `home.request.${id}.acts`,
    ),
  ];
}
