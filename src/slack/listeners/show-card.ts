import type { Desk } from '../desk.ts';
import { mrkdwn } from '../text.ts';
import { gone } from '../views/refusal.ts';
import { type Answer, onClick } from './click.ts';

/** Gives an alert that only stands in a digest its card. */
export const showCard = (desk: Desk) =>
  onClick(desk, async ({ by, key, carries: [alertId = ''] }): Promise<Answer> => {
    if (!(await desk.alerts.find(alertId))) return gone();
    const given = await desk.showCard({ alertId, by, key });
    const where = await desk.permalinkOf(alertId);
    if (given) return mrkdwn`The card of \`${alertId}\` comes to the channel.`;
    return where
      ? mrkdwn`\`${alertId}\` has its card: ${where}`
      : mrkdwn`The card of \`${alertId}\` is on its way.`;
  });
