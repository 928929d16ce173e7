import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { argumentsOf, readBody } from './body.ts';
import { text } from './json.ts';
import { ALL_SCOPES, METHODS } from './methods/all.ts';
import { PostingRate } from './rate.ts';
import { Refusal } from './refusal.ts';
import { APP_TOKEN, BOT_TOKEN, type State } from './state.ts';
import type { Trouble, TroubleList } from './trouble-list.ts';
import type { ApiCall, Json } from './types.ts';

/** Answers `POST /api/<method>` as Slack's Web API does. */
export function webApi(state: State, troubles: TroubleList, openSocketUrl: () => string) {
  const rate = new PostingRate();
  const { clock = Date.now } = state.options;
  const scopes = state.options.scopes ?? ALL_SCOPES;

  function answer(method: string, args: Json, token: string): Json {
    if (method === 'apps.connections.open') {
      if (token !== APP_TOKEN) throw new Refusal('invalid_auth');
      return { url: openSocketUrl() };
    }
    const known = METHODS[method];
    if (!known) throw new Refusal('unknown_method', { req_method: method });
    if (token !== BOT_TOKEN) throw new Refusal(token ? 'invalid_auth' : 'not_authed');
    const needed = typeof known.scope === 'function' ? known.scope(args, state) : known.scope;
    if (needed && !scopes.includes(needed)) {
      throw new Refusal('missing_scope', { needed, provided: scopes.join(',') });
    }
    return known.answer(args, state);
  }

  return async (method: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const query = new URL(request.url ?? '', state.baseUrl).searchParams;
    const args = {
      ...Object.fromEntries(query),
      ...argumentsOf(body, request.headers['content-type']),
    };
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? text(args.token);
    const call: ApiCall = { method, args, at: Date.now() };
    state.note(call);
    const trouble = troubles.next(method, args);
    const wait =
      trouble?.is === 'rate-limit'
        ? trouble.seconds
        : method === 'chat.postMessage' && state.options.enforceRate !== false
          ? rate.take(text(args.channel))
          : undefined;
    const send = (status: number, body: Json, headers: Record<string, string> = {}): void => {
      if (body.ok === false) call.error = text(body.error);
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'x-oauth-scopes': scopes.join(','),
        date: new Date(clock()).toUTCString(),
        ...headers,
      });
      response.end(JSON.stringify(body));
    };
    if (trouble ?? wait) state.changed({ kind: 'trouble', what: inWords(method, trouble, wait) });
    if (wait !== undefined)
      return send(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) });
    if (trouble?.is === 'status') return send(trouble.status, { ok: false, error: 'internal_error' });
    if (trouble?.is === 'error') return send(200, { ok: false, error: trouble.error });
    if (trouble?.is === 'hang') await sleep(trouble.ms);
    try {
      const answered = { ok: true, ...answer(method, args, token) };
      if (trouble?.is === 'drop-reply') {
        response.destroy();
        return;
      }
      send(200, answered);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(200, { ok: false, error: error.error, ...error.more });
    }
  };
}

function inWords(method: string, trouble: Trouble | undefined, wait: number | undefined): string {
  if (wait !== undefined) return `429 to ${method}: again in ${wait} s`;
  if (trouble?.is === 'status') return `HTTP ${trouble.status} to ${method}`;
  if (trouble?.is === 'error') return `${trouble.error} to ${method}`;
  if (trouble?.is === 'hang') return `${method} hangs for ${trouble.ms} ms`;
  return `the answer to ${method} gets lost`;
}
