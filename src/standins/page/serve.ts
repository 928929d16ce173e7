import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { z } from 'zod';
import type { AwsStandIn } from '../aws/account.ts';
import { readBody } from '../slack/body.ts';
import type { SlackStandIn } from '../slack/workspace.ts';
import { act, perform } from './act.ts';
import { seenAws } from './aws.ts';
import { contentAt } from './content.ts';
import { channelsOf, messagesOf, viewsOf } from './seen.ts';
import { streams } from './stream.ts';
import { TROUBLES } from './troubles.ts';
import type { Incident, Snapshot, Staging } from './wire.ts';

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

/** The only types that an upload is shown as; nothing of it runs. */
const SHOWN: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page on loopback that shows what the stand-ins hold, and acts in them. It never talks to the app. */
export async function servePage({ slack, aws, staging, scenes, port = 0 }: PageOptions): Promise<Page> {
  const boot = randomUUID();
  const incidents: Incident[] = [];
  const status = () => ({ sockets: slack.openSockets() });
  const cards = Object.entries(scenes).map(([name, { title, about }]) => ({ name, title, about }));
  const snapshotFor = (me: string): Snapshot => ({
    boot,
    me,
    staging: { ...staging, scenes: cards },
    people: Object.fromEntries([...slack.members.values()].map(({ id, name }) => [id, name])),
    groups: Object.fromEntries([...slack.groups.values()].map(({ id, handle }) => [id, handle])),
    channels: channelsOf(slack, me),
    messages: messagesOf(slack, me),
    views: viewsOf(slack, me),
    troubles: TROUBLES.map(({ name, title, about }) => ({ name, title, about })),
    incidents: incidents.slice(-50),
    status: status(),
    aws: seenAws(aws),
  });
  const live = streams({ slack, snapshotFor, incidents, status, aws });
  const known = (id: string | null): string =>
    staging.cast.find((one) => one.id === id)?.id ?? staging.cast[0]?.id ?? '';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const send = (code: number, type: string, body: string | Buffer): void => {
      response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    const json = (code: number, body: unknown): void => send(code, 'application/json', JSON.stringify(body));
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    // Only by its own name: a page elsewhere can't reach it by a name that leads here.
    if (request.headers.host !== new URL(origin).host) return json(421, { trouble: 'Wrong host.' });
    const content = contentAt(url.pathname);
    if (content) send(200, content.type, content.body);
    else if (url.pathname === '/changes') live.add(response, known(url.searchParams.get('as')));
    else if (url.pathname.startsWith('/files/')) sendFile(url.pathname.split('/')[2] ?? '', response, send);
    else if (url.pathname === '/act' && isOurs(request, origin)) {
      const one = act.parse(JSON.parse(await readBody(request)));
      json(200, await perform(one, { slack, aws, scenes }));
    } else json(404, { trouble: 'There is no such page.' });
  }

  function sendFile(
    id: string,
    response: ServerResponse,
    send: (code: number, type: string, body: Buffer) => void,
  ): void {
    const stored = slack.file(id);
    const type = SHOWN[extname(stored?.name ?? '').toLowerCase()];
    if (!type) response.setHeader('content-disposition', 'attachment');
    send(stored ? 200 : 404, type ?? 'application/octet-stream', stored?.bytes ?? Buffer.alloc(0));
  }

  let origin = 'http://127.0.0.1';
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      const trouble = error instanceof z.ZodError ? z.prettifyError(error) : String(error?.message ?? error);
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, trouble }));
    });
  });
  const listen = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => resolve());
    });
  await listen(port).catch(() => listen(0));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;

  const close = (): Promise<void> => {
    live.close();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `${origin}/`, close, [Symbol.asyncDispose]: close };
}

const isOurs = ({ method, headers }: IncomingMessage, origin: string): boolean =>
  method === 'POST' &&
  headers['content-type'] === 'application/json' &&
  (headers.origin === undefined || headers.origin === origin);
