import { webApi } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Settings } from '../../config.ts';
import { slackLogger } from '../../log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** Clients with the two tokens, and what Slack's Date header said last: their clock minus ours, in milliseconds. */
export interface SlackClients {
  bot: WebClient;
  withToken(token: string): WebClient;
  skew(): number | undefined;
}

const silent = (): void => undefined;
const QUIET: Log = { debug: silent, info: silent, warn: silent, error: silent };

/** Waits when Slack says 429, as nobody else waits for these calls. */
export function slackClients(
  { botToken, slackApiUrl }: Pick<Settings, 'botToken' | 'slackApiUrl'>,
  clock: Clock,
): SlackClients {
  let skew: number | undefined;
  const dated: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) skew = date - clock.now();
    return response;
  };
  const withToken = (token: string): WebClient =>
    new webApi.WebClient(token, {
      ...(slackApiUrl && { slackApiUrl }),
      logger: slackLogger(QUIET),
      fetch: dated,
      timeout: 10_000,
      retryConfig: { retries: 1 },
    });
  return { bot: withToken(botToken), withToken, skew: () => skew };
}
