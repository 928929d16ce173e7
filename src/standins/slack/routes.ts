import type { IncomingMessage, ServerResponse } from 'node:http';
import { argumentsOf, readBody, readBytes } from './body.ts';
import { upload } from './methods/files.ts';
import { respond } from './response-url.ts';
import { BOT_TOKEN, type State } from './state.ts';

type Api = (method: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The workspace's addresses: the Web API, uploads, files and response URLs. */
export function routes(state: State, api: Api) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '', state.baseUrl).pathname;
    const [, kind, id = ''] = path.split('/');
    const type = request.headers['content-type'] ?? '';
    if (kind === 'api') {
      await api(id, request, response);
    } else if (kind === 'upload') {
      const [status, answer] = await upload(state, id, await readBytes(request), type);
      response.writeHead(status, { 'content-type': 'text/plain' }).end(answer);
    } else if (kind === 'files') {
      const allowed = request.headers.authorization === `Bearer ${BOT_TOKEN}`;
      const file = allowed ? state.files.get(id) : undefined;
      response.writeHead(file ? 200 : 404).end(file?.bytes);
    } else if (kind === 'response') {
      const [status, answer] = respond(state, id, argumentsOf(await readBody(request), type));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    } else {
      response.writeHead(404).end();
    }
  };
}
