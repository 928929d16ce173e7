import type { KnownBlock, ModalView } from '@slack/types';
import type { Step } from '../../../domain/response/request.ts';
import { checkboxes, context, input, modal, section } from '../../blocks.ts';
import { COMMAND, INPUT, MODAL } from '../../ids.ts';
import { code, label, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { type Asked, deed, targetOf } from './deed.ts';
import { listed } from './listed.ts';
import { numbered, previewLists } from './plan.ts';
import { plannedLine } from './step-line.ts';

const PLAN_BUDGET = 9_000;

/** Shows once more what would be done, and takes the name as the signature. */
export function approveModal(asked: Asked): ModalView {
  const { request } = asked;
  const { kind, name } = targetOf(asked);
  return modal(
    'Approve',
    [
      ...summary(asked),
      ...planBlocks(asked),
      section(whatHappens(asked)),
      section(mrkdwn`To approve, type the ${kind}'s name as it stands here: ${code(name, 64)}`),
      input(INPUT.typedName, `Name of the ${kind}`, { type: 'plain_text_input', max_length: 200 }),
    ],
    { callback_id: MODAL.approveResponse, private_metadata: request.id, submit: label('Approve') },
  );
}

function summary(asked: Asked): KnownBlock[] {
  const { request } = asked;
  return [
    section(
      mrkdwn`${person(request.by)} asks to ${deed(asked)} in the account ${code(request.account)}: ${prose(request.reason)}`,
    ),
  ];
}

function planBlocks({ request }: Asked): KnownBlock[] {
  const { preview } = request;
  if (preview.is === 'waiting')
    return [
      section(
        mrkdwn`⏳ Groupwatch hasn't read yet what this would do. Close this and open it again in a moment to see it.`,
      ),
    ];
  if (preview.is === 'unreadable')
    return [section(mrkdwn`⚠️ *What this would do could not be read from IAM:* ${prose(preview.why)}`)];
  const list = (heading: Mrkdwn, lines: Mrkdwn[], name: string): KnownBlock[] =>
    lines.length === 0
      ? []
      : listed(heading, lines, {
          budget: PLAN_BUDGET,
          more: (left) => mrkdwn`… and ${left} more: \`${COMMAND} response ${request.id}\``,
          id: (part) => `approval.${name}.${part}`,
        });
  const { inUse, lost } = previewLists(request, preview);
  return [
    ...(preview.objection === undefined
      ? []
      : [section(mrkdwn`⛔ *As things are it would not be carried out:* ${prose(preview.objection)}`)]),
    ...list(mrkdwn`*What will be done, in this order*`, numbered(preview.steps, plannedLine), 'steps'),
    ...list(mrkdwn`*What it will break*`, inUse, 'in-use'),
    ...list(mrkdwn`*What can't be undone*`, lost, 'lost'),
  ];
}

function whatHappens({ request }: Asked): Mrkdwn {
  return request.mode === 'execute'
    ? mrkdwn`*What happens next:* Groupwatch looks in IAM again and refuses if anything stands against it. Otherwise it does these steps at once, in AWS, in your name and ${person(request.by)}'s, and shows each in the thread. It goes on record.`
    : mrkdwn`*What happens next:* Groupwatch changes nothing in AWS. It looks in IAM again, then puts the exact commands into the thread for people to run. It goes on record.`;
}

/** Asks why not. */
export const denyModal = (asked: Asked): ModalView =>
  modal(
    'Deny',
    [
      ...summary(asked),
      input(INPUT.reason, 'Why not?', {
        type: 'plain_text_input',
        multiline: true,
        min_length: 5,
        max_length: 500,
        placeholder: label('For whoever asked, and for the record'),
      }),
      context([mrkdwn`Nothing was changed in AWS, and nothing will be. It can be asked for again.`]),
    ],
    { callback_id: MODAL.denyResponse, private_metadata: asked.request.id, submit: label('Deny') },
  );

/** Asks why it should be taken back, and whether credentials are to work again. */
export function undoModal(asked: Asked): ModalView {
  const { request } = asked;
  const { kind, name } = targetOf(asked);
  return modal(
    'Request undo',
    [
      section(
        mrkdwn`Take back what ${code(request.id)} did to the ${kind} ${code(name, 64)} in the account ${code(request.account)}?`,
      ),
      section(
        mrkdwn`Only what this request did is taken back, and only where nobody has changed it since, in reverse order. The deny goes last. What was so before stays so.`,
      ),
      ...(setsInactive(request.steps) ? [reactivation()] : []),
      input(INPUT.reason, 'Why?', {
        type: 'plain_text_input',
        multiline: true,
        min_length: 10,
        max_length: 500,
        placeholder: label('How you know that it is safe again'),
      }),
      context([mrkdwn`Nothing is done by this request alone: another person has to approve it.`]),
    ],
    { callback_id: MODAL.undoResponse, private_metadata: request.id, submit: label('Request') },
  );
}

const setsInactive = (steps: readonly Step[]): boolean =>
  steps.some(({ operation }) => 'status' in operation && operation.status === 'Inactive');

const reactivation = () => ({
  ...input(
    INPUT.reactivate,
    'Access keys and other credentials',
    checkboxes([
      {
        text: label('Let them work again'),
        description: label('Whoever stole one can use it again. Better make new ones.'),
        value: 'reactivate',
      },
    ]),
  ),
  optional: true,
});
