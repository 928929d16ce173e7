import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import type { Question, Said } from '../../../domain/question.ts';
import { input, modal, section } from '../../blocks.ts';
import { INPUT, MODAL, pack } from '../../ids.ts';
import { label, mrkdwn } from '../../text.ts';
import { happened } from './message.ts';
import { ANSWER_SIGNS, ANSWER_WORDS } from './words.ts';

/** Takes the answer with a comment: an answer can't be taken back, so a slip of the finger is none. */
export const answerModal = (question: Question, alert: Alert, said: Said): ModalView =>
  modal(
    'Your answer',
    [
      section(happened(question, alert)),
      section(mrkdwn`${ANSWER_SIGNS[said]} Your answer: *${ANSWER_WORDS[question.asked][said]}*`),
      {
        ...input(INPUT.comment, 'Anything that helps the security team?', {
          type: 'plain_text_input',
          multiline: true,
          max_length: 500,
          placeholder: label('What it was for, a ticket, or what you noticed'),
        }),
        optional: true,
      },
    ],
    { callback_id: MODAL.answer, private_metadata: pack(question.id, said), submit: label('Send') },
  );
