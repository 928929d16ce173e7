import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { SlackStandIn } from '../../../src/standins/slack/workspace.ts';

/** Bolt tells much about sockets that end with their test. */
const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A real Bolt app that only does what a test lets it, over one socket to the stand-in. */
export async function boltApp(slack: SlackStandIn, listen: (app: App) => void): Promise<AsyncDisposable> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: quiet,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = appWith(slack, receiver);
  listen(app);
  await app.start();
  await slack.until(() => slack.openSockets() > 0, 'a socket');
  return { [Symbol.asyncDispose]: () => app.stop().then(() => undefined) };
}

/** The same over signed requests. */
export async function boltHttpApp(slack: SlackStandIn, secret: string, listen: (app: App) => void) {
  const receiver = new HTTPReceiver({ signingSecret: secret, logger: quiet });
  const app = appWith(slack, receiver);
  listen(app);
  const server = await receiver.start(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return { [Symbol.asyncDispose]: () => receiver.stop().then(() => undefined) };
}

function appWith(slack: SlackStandIn, receiver: SocketModeReceiver | HTTPReceiver): App {
  return new App({
    token: slack.botToken,
    receiver,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
}
