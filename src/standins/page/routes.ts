import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { z } from 'zod';
import { readBody } from '../slack/body.ts';
import type { StoredFile } from '../slack/types.ts';
import { act, type Played, perform } from './act.ts';
import { contentAt } from './content.ts';

/** The page loads from its own server alone, and nothing that stands in it runs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The only types that an upload is shown as. */
const SHOWN: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** Answers every request; `port` is the server's own, by which alone it is spoken to. */
export function routes(played: Played, follow: (response: ServerResponse, person: string | null) => void) {
  async function answer(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const { host = '', origin } = request.headers;
    const url = new URL(request.url ?? '/', 'http://page');
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    // A page elsewhere can't reach this one by a name that leads here.
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
      return json(response, 421, { trouble: 'Wrong host.' });
    const content = contentAt(url.pathname);
    const [, kind, id = ''] = url.pathname.split('/');
    const ours = origin === undefined || origin === `http://${host}`;
    if (content) send(response, 200, content.type, content.body);
    else if (kind === 'changes') follow(response, url.searchParams.get('as'));
    else if (kind === 'files') sendFile(response, played.slack.file(id));
    else if (kind === 'act' && ours && isJsonPost(request)) {
      const one = act.parse(JSON.parse(await readBody(request)));
      json(response, 200, await perform(one, played));
    } else json(response, 404, { trouble: 'There is no such page.' });
  }

  return (request: IncomingMessage, response: ServerResponse, port: number): void => {
    answer(request, response, port).catch((error) => {
      const trouble = error instanceof z.ZodError ? z.prettifyError(error) : String(error?.message ?? error);
      if (!response.headersSent) json(response, 400, { ok: false, trouble });
      else response.end();
    });
  };
}

const isJsonPost = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && headers['content-type'] === 'application/json';

function send(response: ServerResponse, code: number, type: string, body: string | Buffer): void {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

const json = (response: ServerResponse, code: number, body: unknown): void =>
  send(response, code, 'application/json', JSON.stringify(body));

function sendFile(response: ServerResponse, stored: StoredFile | undefined): void {
  const type = SHOWN[extname(stored?.name ?? '').toLowerCase()];
  if (!type) response.setHeader('content-disposition', 'attachment');
  const bytes = stored?.bytes ?? Buffer.alloc(0);
  send(response, stored ? 200 : 404, type ?? 'application/octet-stream', bytes);
}
