import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { seenFor } from '../../../domain/seen.ts';
import { input, modal, section } from '../../blocks.ts';
import { INPUT, MODAL, pack } from '../../ids.ts';
import { label } from '../../text.ts';
import { sentence } from '../sentence.ts';

export const assignModal = (alert: Alert): ModalView =>
  modal(
    'Assign',
    [
      section(sentence(alert)),
      input(INPUT.person, 'Who takes it on?', {
        type: 'users_select',
        placeholder: label('Choose a person'),
      }),
    ],
    {
      callback_id: MODAL.assign,
      private_metadata: pack(alert.id, seenFor({ do: 'assign' }, alert)),
      submit: label('Assign'),
    },
  );
