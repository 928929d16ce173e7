import type { Desk } from '../desk.ts';
import { MENU_CHOICES } from '../ids.ts';
import { assignModal } from '../views/modals/assign.ts';
import { rawModal } from '../views/modals/raw.ts';
import { resolveModal } from '../views/modals/resolve.ts';
import { snoozeModal } from '../views/modals/snooze.ts';
import { type Answer, type Click, onClick, step } from './click.ts';
import { openException } from './exception-form.ts';
import { openModal } from './open-modal.ts';

/** The card's overflow menu: acts at once, or opens the modal that asks for more. */
export const cardMenu = (desk: Desk) => onClick(desk, (click) => choose(desk, click));

async function choose(desk: Desk, click: Click): Promise<Answer> {
  const [chosen, alertId, seen = ''] = click.carries;
  const choice = MENU_CHOICES.find((known) => known === chosen);
  switch (choice) {
    case 'assign-me':
      return step(desk, click, alertId, { do: 'assign', to: click.by.id }, seen);
    case 'reopen':
      return step(desk, click, alertId, { do: 'reopen' });
    case 'assign':
      return openModal(desk, click, alertId, assignModal);
    case 'snooze':
      return openModal(desk, click, alertId, snoozeModal);
    case 'resolve':
      return openModal(desk, click, alertId, resolveModal);
    case 'exception':
      return openException(desk, click, alertId);
    case 'raw':
      return openModal(desk, click, alertId, async (alert) =>
        rawModal(alert, (await desk.alerts.rawOf(alert.id)) ?? 'The record is not in the database any more.'),
      );
    case undefined:
      throw new Error(`the card's menu offers no "${chosen}"`);
  }
}
