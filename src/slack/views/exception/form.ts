import type { ModalView, PlainTextOption } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { type ConditionChoice, conditionChoices } from '../../../domain/exception/choices.ts';
import { checkboxes, context, input, modal, option, radioButtons, section } from '../../blocks.ts';
import { INPUT, MODAL } from '../../ids.ts';
import { label, mrkdwn, plain } from '../../text.ts';
import { sentence } from '../sentence.ts';

const LABELS: Record<ConditionChoice['choice'], string> = {
  actor: 'This actor',
  session: 'This session of the role only',
  user: 'This user is added',
  group: 'To this group',
  account: 'In this account',
  block: 'From this network',
  address: 'From this address',
  'user-agent': 'By this program, in any version',
};

/** What an exception asks for unless somebody chooses otherwise: the same hands, the same door. */
const USUAL: ConditionChoice['choice'][] = ['actor', 'group'];

/** How long an exception may last, in days. */
export const LASTS = ['7', '30', '90'];

/** Asks which of what the alert says makes it known behaviour, why, and for how long. Nothing is saved by it. */
export function exceptionForm(alert: Alert): ModalView {
  const choices = conditionChoices(alert);
  const options = choices.map(optionOf);
  const usual = options.filter((_, at) => USUAL.some((choice) => choice === choices[at]?.choice));
  return modal(
    'Add an exception',
    [
      section(mrkdwn`Known behaviour? ${sentence(alert)}`),
      input(
        INPUT.conditions,
        'No alert for an addition like this, when all of these hold:',
        checkboxes(options, usual),
        'Two at least, one of them the actor, the user or the group. The more, the safer.',
      ),
      input(
        INPUT.reason,
        'Why is this known behaviour?',
        { type: 'plain_text_input', multiline: true, max_length: 500 },
        'For whoever asks later why there was no alert.',
      ),
      input(
        INPUT.expiry,
        'For how long?',
        radioButtons(
          LASTS.map((days) => option(`${days} days`, days)),
          option('30 days', '30'),
        ),
      ),
      context([
        mrkdwn`The next step shows what it would have hidden. If the group gives administrator rights or a way to them, or nobody knows, another person has to approve it.`,
      ]),
    ],
    { callback_id: MODAL.exception, private_metadata: alert.id, submit: label('Preview') },
  );
}

const optionOf = ({ choice, value }: ConditionChoice): PlainTextOption => ({
  ...option(LABELS[choice], choice),
  description: plain(value, 75),
});
