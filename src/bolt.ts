import { App } from '@slack/bolt';
import type { Settings } from './config.ts';
import { slackLogger } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { type Connection, httpConnection, socketConnection } from './slack/connection.ts';

interface World {
  log: Log;
  clock: Clock;
  fetch: typeof globalThis.fetch;
  secondSocketAfterMs?: number;
}

/** How clicks and commands come in, as the settings say. */
export function connectSlack(
  { delivery, slackApiUrl }: Settings,
  { log, clock, fetch, secondSocketAfterMs }: World,
  dead: (death: string) => void,
): Connection {
  const logger = slackLogger(log);
  if (delivery.is === 'http') return httpConnection({ ...delivery, logger, clock });
  const { appToken } = delivery;
  return socketConnection({
    appToken,
    slackApiUrl,
    logger,
    fetch,
    secondAfterMs: secondSocketAfterMs,
    dead,
  });
}

/** Bolt's app on that connection. It retries nothing: a post that is sent again after a lost answer is seen twice. */
export function boltApp(
  { botToken, slackApiUrl }: Settings,
  { log, fetch }: Pick<World, 'log' | 'fetch'>,
  { receiver }: Connection,
): App {
  return new App({
    token: botToken,
    receiver,
    logger: slackLogger(log),
    convoStore: false,
    deferInitialization: true,
    clientOptions: {
      ...(slackApiUrl && { slackApiUrl }),
      fetch,
      retryConfig: { retries: 0 },
    },
  });
}
