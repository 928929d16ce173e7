import type { ModalView } from '@slack/types';
import { type Alert, VERDICTS } from '../../../domain/alert.ts';
import { input, modal, option, section } from '../../blocks.ts';
import { INPUT, MODAL } from '../../ids.ts';
import { label } from '../../text.ts';
import { sentence } from '../sentence.ts';

const VERDICT_LABELS: Record<(typeof VERDICTS)[number], string> = {
  'true-positive': 'True positive: it was an attack, or a mistake to mend',
  benign: 'Benign: it was meant to be',
  'false-positive': "False positive: it isn't what the rule looks for",
};

export const resolveModal = (alert: Alert): ModalView =>
  modal(
    'Resolve',
    [
      section(sentence(alert)),
      input(INPUT.verdict, 'Verdict', {
        type: 'radio_buttons',
        options: VERDICTS.map((verdict) => option(VERDICT_LABELS[verdict], verdict)),
      }),
      input(
        INPUT.note,
        'How do you know?',
        { type: 'plain_text_input', multiline: true, max_length: 500 },
        'It stays with the alert, for whoever sees the next one.',
      ),
    ],
    { callback_id: MODAL.resolve, private_metadata: alert.id, submit: label('Resolve') },
  );
