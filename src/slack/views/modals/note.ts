import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import type { GuideStep } from '../../../domain/guide.ts';
import { seenFor } from '../../../domain/seen.ts';
import { input, modal, section } from '../../blocks.ts';
import { INPUT, MODAL, pack } from '../../ids.ts';
import { label, mrkdwn } from '../../text.ts';

export const noteModal = (alert: Alert, step: GuideStep): ModalView =>
  modal(
    'Note',
    [
      section(mrkdwn`*${step.title}* · ${step.question}`),
      input(INPUT.note, 'Note', {
        type: 'plain_text_input',
        multiline: true,
        max_length: 200,
        ...(alert.guide[step.id]?.note && { initial_value: alert.guide[step.id]?.note?.text }),
      }),
    ],
    {
      callback_id: MODAL.noteStep,
      private_metadata: pack(alert.id, step.id, seenFor({ do: 'note-step', step: step.id }, alert)),
      submit: label('Save'),
    },
  );
