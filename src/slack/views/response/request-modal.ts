import type { ModalView, PlainTextOption } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import type { ResponseAction } from '../../../domain/response/action.ts';
import { choicesFor, type ResponseChoice } from '../../../domain/response/choices.ts';
import { checkboxes, context, input, modal, radioButtons, section } from '../../blocks.ts';
import { INPUT, MODAL } from '../../ids.ts';
import { code, join, label, type Mrkdwn, mrkdwn, person, plain } from '../../text.ts';

export interface ResponseSetting {
  approvers: readonly string[];
  /** Whether sessions of roles may be revoked at all. */
  revokeSessions: boolean;
  mode: 'request' | 'execute';
}

/** Says whom, where and what each choice would do before it asks which, and why. */
export function requestModal(alert: Alert, setting: ResponseSetting): ModalView {
  const choices = choicesFor(alert, setting);
  const [usual] = choices.map(optionOf);
  return modal(
    'Request disablement',
    [
      section(mrkdwn`What should be done in the account ${code(alert.account, 20)}?`),
      ...choices.map((choice) => section(effect(choice, alert))),
      context([afterwards(setting)]),
      input(INPUT.response, 'Do what?', radioButtons(choices.map(optionOf), usual)),
      ...(choices.some(({ action }) => action.do === 'disable-user') ? [hardOption()] : []),
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

function optionOf({ choice, action }: ResponseChoice): PlainTextOption {
  return { text: plain(NAMES[choice](action), 75), value: choice };
}

const NAMES: Record<ResponseChoice['choice'], (action: ResponseAction) => string> = {
  'disable-subject': (action) => `Disable the added user ${'user' in action ? action.user : ''}`,
  'disable-actor': (action) => `Disable the user who added them, ${'user' in action ? action.user : ''}`,
  'remove-from-group': (action) => `Take them out of the group ${'group' in action ? action.group : ''}`,
  'revoke-sessions': (action) => `Revoke open sessions of the role ${'role' in action ? action.role : ''}`,
};

function effect({ choice, action }: ResponseChoice, alert: Alert): Mrkdwn {
  switch (action.do) {
    case 'disable-user':
      return choice === 'disable-actor'
        ? mrkdwn`*Disable the user* ${code(action.user, 64)}, *who set off this alert:* the same, for them.`
        : mrkdwn`*Disable the user* ${code(action.user, 64)}: denies them everything by a policy, and sets access keys and other credentials to inactive. Password and MFA devices are kept. Whatever works with this user's credentials stops. It can be undone. Roles that the user has assumed already go on until their sessions end.`;
    case 'remove-from-group':
      return mrkdwn`*Take* ${code(action.user, 64)} *out of the group* ${code(action.group, 128)}: undoes the addition of ${code(alert.id)}, and leaves all else as it is. It can be undone.`;
    case 'revoke-sessions':
      return mrkdwn`*Revoke the open sessions of the role* ${code(action.role, 64)}: everybody and everything that uses this role now is denied everything until they open a new session. Programs may fail until then. It can be undone.`;
    case 'undo':
      return mrkdwn``;
  }
}

const hardOption = () => ({
  ...input(
    INPUT.deletePassword,
    'Console password (only with "disable")',
    checkboxes([
      {
        text: label('Delete the console password as well'),
        description: label("It can't come back: AWS doesn't tell it. Needs a new password later."),
        value: 'delete',
      },
    ]),
  ),
  optional: true,
});

function afterwards({ approvers, mode }: ResponseSetting): Mrkdwn {
  if (approvers.length === 0)
    return mrkdwn`Nobody is set up to approve (\`APPROVERS\`): the request goes on record and is shown in the thread, and nothing will be done.`;
  const then =
    mode === 'execute' ? 'Groupwatch carries it out' : 'Groupwatch hands over the commands for people to run';
  return mrkdwn`Nothing is done by this request alone. ${join(approvers.map(person), ' ')} will be asked in the thread; when another person approves, ${then}.`;
}
