import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedRequest } from './signed-request.ts';
import type { Sockets } from './sockets.ts';
import type { State } from './state.ts';
import type { TroubleList } from './trouble-list.ts';
import type { Json } from './types.ts';

/** How one click, command, submission or event reached the app, and what the app answered. */
export interface Delivery {
  envelopeId: string;
  acked: boolean;
  ackMs: number;
  ackPayload: unknown;
  /** What the person sees when the app didn't answer in time. */
  error?: string;
  /** The same payload once more, byte for byte. */
  again(): Promise<Delivery>;
}

/** The app has three seconds, as in Slack. */
const PATIENCE = 3_000;

export type Kind = 'interactive' | 'slash_commands' | 'events_api';
/** `retry` is 1 to 3 for an event that comes again. */
export type Deliver = (kind: Kind, payload: Json, retry?: number) => Promise<Delivery>;

type Ack = { payload: unknown } | undefined;

/** Sends to the app as Slack would: over one of its sockets, or as a signed request. */
export function deliverer(state: State, sockets: Sockets, troubles: TroubleList): Deliver {
  const patience = state.options.patienceMs ?? PATIENCE;

  function send(kind: Kind, payload: Json, envelopeId: string, retry: number): Promise<Ack> {
    const { http } = state.options;
    if (http) return post(http, kind, payload, { retry, patience });
    const more = kind === 'events_api' ? { retry_attempt: retry, retry_reason: retry ? 'timeout' : '' } : {};
    return sockets.deliver(kind, payload, envelopeId, { timeoutMs: patience, more });
  }

  async function late(ms: number, copies: number, once: () => Promise<Ack>): Promise<Ack> {
    if (ms > 0) state.changed({ kind: 'trouble', what: `the app hears of it ${ms} ms late` });
    if (copies > 1) state.changed({ kind: 'trouble', what: 'the app hears of it twice' });
    if (ms > 0) await sleep(ms, undefined, { ref: false });
    const acks = Array.from({ length: copies }, once);
    return Promise.any(acks.map(async (ack) => (await ack) ?? Promise.reject(new Error('no ack')))).catch(
      () => undefined,
    );
  }

  const deliver: Deliver = async (kind, payload, retry = 0) => {
    const envelopeId = randomUUID();
    const began = performance.now();
    const { delayMs, copies } = troubles.nextEnvelope();
    const sending = late(delayMs, copies, () => send(kind, payload, envelopeId, retry));
    const ack =
      delayMs > 0 ? await Promise.race([sending, sleep(patience, undefined, { ref: false })]) : await sending;
    return {
      envelopeId,
      acked: ack !== undefined,
      ackMs: performance.now() - began,
      ackPayload: ack?.payload,
      ...(ack === undefined && { error: 'operation_timeout' }),
      again: () => deliver(kind, payload),
    };
  };
  return deliver;
}

/** The body of the answer is the ack. */
async function post(
  { url, signingSecret }: { url: string; signingSecret: string },
  kind: Kind,
  payload: Json,
  { retry, patience }: { retry: number; patience: number },
): Promise<Ack> {
  const isEvent = kind === 'events_api';
  const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : textOnly(payload);
  const body = isEvent ? JSON.stringify(payload) : new URLSearchParams(form).toString();
  const headers = {
    'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
    ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
  };
  try {
    const request = signedRequest(body, signingSecret, headers);
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(patience) });
    if (!response.ok) return undefined;
    const answer = await response.text();
    return { payload: answer.startsWith('{') ? JSON.parse(answer) : answer };
  } catch {
    return undefined;
  }
}

const textOnly = (payload: Json): Record<string, string> =>
  Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]));
