import { type Logger, webApi } from '@slack/bolt';

interface Options {
  token: string;
  slackApiUrl?: string;
  logger: Logger;
  fetch?: typeof globalThis.fetch;
}

/**
 * Two clients. The client pauses all its calls when Slack answers 429 to one, so people must not share one with
 * the queue. None retries by itself: a post that is sent again after a lost answer would be seen twice.
 */
export function slackClients({ token, slackApiUrl, logger, fetch }: Options) {
  const make = (timeout: number) =>
    new webApi.WebClient(token, {
      ...(slackApiUrl && { slackApiUrl }),
      logger,
      fetch,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    });
  return { forQueue: make(10_000), forPeople: make(2_500) };
}
