import type { Button } from '@slack/types';
import { canBeTakenBack } from '../../../domain/response/lifecycle.ts';
import type { ResponseRequest } from '../../../domain/response/request.ts';
import { button } from '../../blocks.ts';
import { ACTION } from '../../ids.ts';
import { label } from '../../text.ts';

/**
 * What can be pressed on a request's card. What leads on to AWS never looks like what leads away from it, and
 * nothing that could change AWS acts at the press alone.
 */
export function buttons(request: ResponseRequest, { approvable }: { approvable: boolean }): Button[] {
  const { id, state, action } = request;
  if (state.is === 'pending')
    return [
      ...(approvable
        ? [
            button('Approve…', ACTION.approveResponse, id, {
              style: 'primary',
              accessibility_label: 'Approve this request, after a look at what it does',
            }),
            button('Deny…', ACTION.denyResponse, id),
          ]
        : []),
      button('Withdraw', ACTION.withdrawResponse, id, {
        accessibility_label: 'Withdraw this request, for whoever asked',
      }),
    ];
  const undo =
    action.do !== 'undo' && canBeTakenBack(request)
      ? [
          button('Request undo…', ACTION.undoResponse, id, {
            accessibility_label: 'Request undo of what was done',
          }),
        ]
      : [];
  if (state.is !== 'stopped') return undo;
  const retry = button('Retry', ACTION.retryResponse, id, {
    style: 'danger',
    confirm: {
      title: label('Go on with the rest?'),
      text: label(
        'Steps that are left are tried again. What stands is left as it is, and nothing beyond the approval is done.',
      ),
      confirm: label('Go on'),
      deny: label('Not now'),
    },
  });
  return [retry, ...undo];
}
