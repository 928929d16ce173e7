import type { SlackActionMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Desk } from '../desk.ts';
import { homePayload } from '../payloads.ts';
import { onClick } from './click.ts';

/** Somebody looks at the Home tab: draws it as it is now. Slack tells of it at every look. */
export const openHome =
  (desk: Desk) =>
  async ({ body }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    const parsed = homePayload.safeParse(body);
    if (!parsed.success) {
      desk.log.error({ problems: parsed.error.issues }, 'an event from Slack could not be read');
      return;
    }
    const { team_id: teamId, enterprise_id: enterpriseId, event } = parsed.data;
    if (event.tab !== 'home') return;
    await desk.homes.open(
      { id: event.user, teamId, enterpriseId: enterpriseId ?? undefined },
      event.view?.hash,
    );
  };

/** Previous and Next below the open alerts. */
export const turnHome = (desk: Desk) =>
  onClick(desk, async ({ by, carries: [page] }) => {
    await desk.homes.turn(by.id, Math.max(0, Number.parseInt(page ?? '', 10) || 0));
    return undefined;
  });

/** Slack follows the link by itself, and tells all the same. */
export const followLink = ({ ack }: SlackActionMiddlewareArgs): Promise<void> => ack();
