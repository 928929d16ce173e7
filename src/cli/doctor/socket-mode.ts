import { WebAPIPlatformError } from '@slack/web-api';
import type { Delivery } from '../../config.ts';
import { type Finding, of } from './finding.ts';
import type { SlackClients } from './slack-clients.ts';

/** Whether Slack would open a socket. The address that it gives works once, for half a minute, and is left alone. */
export async function socketMode(delivery: Delivery, { withToken }: SlackClients): Promise<Finding> {
  const is = of('Socket Mode');
  if (delivery.is === 'http') {
    return is.unchecked(
      `HTTP mode: whether Slack reaches https://YOUR-HOST/slack/events, port ${delivery.port} here, only Slack can tell.`,
    );
  }
  try {
    await withToken(delivery.appToken).apps.connections.open();
    return is.well('Slack would open a socket.');
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) throw error;
    return is.ill(
      `Slack opens no socket for SLACK_APP_TOKEN (${error.data.error}).`,
      'Make an app-level token with the scope connections:write, and switch Socket Mode on in the app.',
    );
  }
}
