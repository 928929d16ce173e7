import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Logger } from '@slack/bolt';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import { SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import { SetupProblem } from './introduce.ts';
import { onlySigned } from './only-signed.ts';
import { steady } from './steady-socket.ts';
import { deathOf } from './token.ts';

/** How clicks and commands come in. */
export interface Connection {
  /** For the constructor of Bolt's App. */
  receiver: Receiver;
  /** Throws a SetupProblem when Slack doesn't take the app-level token. */
  start(app: App): Promise<void>;
  stop(): Promise<void>;
  /** Connections that can take a click now, of how many there should be. */
  open(): { open: number; of: number };
  /** Where Slack's requests are taken, in HTTP mode. */
  port?(): number;
}

interface SocketOptions {
  appToken: string;
  slackApiUrl?: string;
  logger: Logger;
  fetch?: typeof globalThis.fetch;
  /** How long after the first socket the second one starts. */
  secondAfterMs?: number;
  /** Slack doesn't accept the app-level token any more. */
  dead: (death: string) => void;
}

/** Slow ones aren't waited for: socket-mode 3.1 can take more than 6 s to close. */
const LONGEST_GOODBYE = 8 * SECOND;

/**
 * Two sockets. Slack refreshes each several times a day, and socket-mode 3.1 is deaf for 5 to 12 s then; started
 * apart, they aren't refreshed together. They have options of their own, since the socket client writes into them.
 */
export function socketConnection({
  appToken,
  slackApiUrl,
  logger,
  fetch,
  secondAfterMs = 30_000,
  dead,
}: SocketOptions): Connection {
  const make = (): SocketModeReceiver =>
    new SocketModeReceiver({
      appToken,
      logger,
      installerOptions: {
        clientOptions: {
          ...(slackApiUrl && { slackApiUrl }),
          ...(fetch && { fetch }),
          retryConfig: { forever: true, factor: 1.3, maxTimeout: 30_000, randomize: true },
        },
      },
    });
  const receivers = [make(), make()] as const;
  const [first, second] = receivers;
  const stopping = new AbortController();
  for (const receiver of receivers) steady(receiver, { logger, stopping: stopping.signal, dead });
  let later: Promise<void> = Promise.resolve();
  return {
    receiver: first,
    async start(app) {
      await first.start().catch((error) => {
        throw new SetupProblem(socketTrouble(error), { cause: error });
      });
      second.init(app);
      later = sleep(secondAfterMs, undefined, { signal: stopping.signal })
        .then(() => second.start())
        .then(() => undefined)
        .catch((error) => {
          const death = deathOf(error);
          if (death) dead(death);
          if (!stopping.signal.aborted) logger.error('the second socket did not open', error);
        });
    },
    async stop() {
      stopping.abort();
      await Promise.race([later, sleep(SECOND)]);
      const goodbyes = receivers.map(({ client }) => client.disconnect().catch(() => undefined));
      await Promise.race([Promise.all(goodbyes), sleep(LONGEST_GOODBYE, undefined, { ref: false })]);
    },
    open: () => ({ open: receivers.filter(({ client }) => client.websocket?.isActive()).length, of: 2 }),
  };
}

function socketTrouble(error: unknown): string {
  if (!(error instanceof WebAPIPlatformError)) return `Slack opens no socket: ${String(error)}`;
  return `Slack does not accept SLACK_APP_TOKEN (${error.data.error}): make an app-level token with the scope connections:write, and see that Socket Mode is on.`;
}

interface HttpOptions {
  signingSecret: string;
  port: number;
  host?: string;
  logger: Logger;
  clock: Clock;
}

/** Nobody needs longer for a request of Slack's size; who does holds a connection for nothing. */
const LONGEST_REQUEST = 10 * SECOND;

/** Signed requests to our own server. */
export function httpConnection({ signingSecret, port, host, logger, clock }: HttpOptions): Connection {
  const receiver = new HTTPReceiver({ signingSecret, logger });
  const server: Server = createServer(
    { requestTimeout: LONGEST_REQUEST, headersTimeout: LONGEST_REQUEST },
    onlySigned({ signingSecret, clock }, receiver.requestListener),
  );
  return {
    receiver,
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    open: () => ({ open: server.listening ? 1 : 0, of: 1 }),
    port() {
      const address = server.address();
      return typeof address === 'object' && address ? address.port : port;
    },
  };
}
