import type { Desk } from '../desk.ts';
import { disablementModal } from '../views/modals/disablement.ts';
import { onClick } from './click.ts';
import { openModal } from './open-modal.ts';

/** Asks for the reason first; nothing is requested until the modal is submitted. */
export const requestDisablement = (desk: Desk) =>
  onClick(desk, (click) =>
    openModal(desk, click, click.carries[0], (alert) =>
      disablementModal(alert, { approvers: desk.approvers }),
    ),
  );
