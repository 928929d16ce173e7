import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { context, input, modal, section } from '../../blocks.ts';
import { INPUT, MODAL } from '../../ids.ts';
import { code, join, label, mrkdwn, person } from '../../text.ts';

/** Says whom, where and what it would do before it asks why. */
export function disablementModal(alert: Alert, { approvers }: { approvers: readonly string[] }): ModalView {
  const user = alert.cause.is === 'match' ? (alert.cause.subject ?? '') : '';
  const asked =
    approvers.length > 0
      ? mrkdwn`${join(approvers.map(person), ' ')} will be asked in the thread.`
      : mrkdwn`Nobody is set up to approve (\`APPROVERS\`): the request is recorded and shown on the card.`;
  return modal(
    'Request disablement',
    [
      section(mrkdwn`Disable the user ${code(user, 128)} in the account ${code(alert.account)}?`),
      section(
        mrkdwn`Disablement would\n• deny the user everything, by a policy attached to them\n• set access keys and other credentials to inactive\n• keep password and MFA devices\n\nWhatever works with this user's credentials stops. It can be undone. Roles that the user has already assumed go on until their sessions end.`,
      ),
      context([
        mrkdwn`Nothing is done by this request alone: another person has to approve it and carry it out. ${asked}`,
      ]),
      input(INPUT.reason, 'Why?', {
        type: 'plain_text_input',
        multiline: true,
        min_length: 10,
        max_length: 500,
        placeholder: label('What you saw, for the person who approves'),
      }),
    ],
    { callback_id: MODAL.requestDisablement, private_metadata: alert.id, submit: label('Request') },
  );
}
