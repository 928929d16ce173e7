import type { Button } from '@slack/types';
import { button } from '../../blocks.ts';
import { ACTION } from '../../ids.ts';
import { label } from '../../text.ts';

/** Ends an exception; `value` is its id, with what else has to be drawn anew. */
export const endButton = (value: string): Button =>
  button('End', ACTION.endException, value, {
    style: 'danger',
    accessibility_label: 'End this exception',
    confirm: {
      title: label('End this exception?'),
      text: label('From now on such additions raise alerts again. What it has exempted stays exempted.'),
      confirm: label('End it'),
      deny: label('Keep it'),
    },
  });

/** Approves or denies one that waits for a second person. */
export const decisionButtons = (id: string): Button[] => [
  button('Approve', ACTION.approveException, id, {
    style: 'primary',
    accessibility_label: 'Approve this exception',
    confirm: {
      title: label('Approve this exception?'),
      text: label('From then on such additions raise no alert, until it ends.'),
      confirm: label('Approve'),
      deny: label('Not now'),
    },
  }),
  button('Deny', ACTION.denyException, id, { accessibility_label: 'Deny this exception' }),
];
