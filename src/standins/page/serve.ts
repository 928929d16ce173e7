import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AwsStandIn } from '../aws/account.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import { routes } from './routes.ts';
import { snapshots } from './snapshot.ts';
import { streams } from './stream.ts';
import type { Incident, Staging } from './wire.ts';

/** What the page shows, and what can be done on it. */
export interface PageOptions {
  slack: SlackStandIn;
  aws: AwsStandIn;
  staging: Omit<Staging, 'scenes'>;
  /** Buttons for what happens in AWS. */
  scenes: Record<string, { title: string; about?: string; play(aws: AwsStandIn): void }>;
  /** Any free one when it is taken. */
  port?: number;
}

export interface Page extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

/** A page on loopback that shows what the stand-ins hold, and acts in them. It never talks to the app. */
export async function servePage(options: PageOptions): Promise<Page> {
  const { slack, aws, port: wanted = 0 } = options;
  const incidents: Incident[] = [];
  const status = () => ({ sockets: slack.openSockets() });
  const snapshotFor = snapshots(options, { boot: randomUUID(), incidents, status });
  const live = streams({ slack, aws, snapshotFor, incidents, status });
  const answer = routes(options, live.add);
  let port = wanted;
  const server = createServer((request, response) => answer(request, response, port));
  const listen = (on: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(on, '127.0.0.1', () => resolve());
    });
  await listen(wanted).catch(() => listen(0));
  const address = server.address();
  if (typeof address === 'object' && address) port = address.port;

  const close = (): Promise<void> => {
    live.close();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/`, close, [Symbol.asyncDispose]: close };
}
