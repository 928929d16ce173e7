import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { input, modal, option, section } from '../../blocks.ts';
import { INPUT, MODAL } from '../../ids.ts';
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
    { callback_id: MODAL.snooze, private_metadata: alert.id, submit: label('Snooze') },
  );
