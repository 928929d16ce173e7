import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { seenFor } from '../../../domain/seen.ts';
import { input, modal, option, section } from '../../blocks.ts';
import { INPUT, MODAL, pack } from '../../ids.ts';
import { label } from '../../text.ts';
import { sentence } from '../sentence.ts';

/** Option values are hours. */
export const snoozeModal = (alert: Alert): ModalView =>
  modal(
    'Snooze',
    [
      section(sentence(alert)),
      input(INPUT.duration, 'For how long?', {
        type: 'radio_buttons',
        options: [option('1 hour', '1'), option('4 hours', '4'), option('1 day', '24')],
      }),
    ],
    {
      callback_id: MODAL.snooze,
      private_metadata: pack(alert.id, seenFor({ do: 'snooze' }, alert)),
      submit: label('Snooze'),
    },
  );
