import type { ModalView } from '@slack/types';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Alert } from '../../domain/alert.ts';
import type { Desk } from '../desk.ts';
import { gone, tooLate } from '../views/refusal.ts';
import type { Answer, Click } from './click.ts';

const EXPIRED = new Set([
  'trigger_expired',
  'expired_trigger_id',
  'trigger_exchanged',
  'exchanged_trigger_id',
  'invalid_trigger_id',
]);

/** Opens a modal about an alert within the 3 s that Slack gives, or says that it came too late. */
export async function openModal(
  desk: Desk,
  click: Click,
  alertId: string | undefined,
  view: (alert: Alert) => ModalView | Promise<ModalView>,
): Promise<Answer> {
  const alert = await desk.alerts.find(alertId ?? '');
  if (!alert) return gone();
  return showModal(desk, click, await view(alert));
}

/** The same for a view that is there already. */
export async function showModal(desk: Desk, click: Click, view: ModalView): Promise<Answer> {
  try {
    await desk.web.views.open({ trigger_id: click.triggerId, view });
    return undefined;
  } catch (error) {
    if (error instanceof WebAPIPlatformError && EXPIRED.has(error.data.error)) return tooLate();
    throw error;
  }
}
