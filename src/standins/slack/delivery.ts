import { createHmac, randomUUID } from 'node:crypto';
import type { Sockets } from './sockets.ts';
import type { State } from './state.ts';
import type { Json } from './types.ts';

/** How one click, command or submission reached the app, and what the app answered. */
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

export type Kind = 'interactive' | 'slash_commands';
export type Deliver = (kind: Kind, payload: Json) => Promise<Delivery>;

/** Sends to the app as Slack would: over one of its sockets, or as a signed request. */
export function deliverer(state: State, sockets: Sockets): Deliver {
  const deliver: Deliver = async (kind, payload) => {
    const envelopeId = randomUUID();
    const began = performance.now();
    const { http } = state.options;
    const ack = http
      ? await post(http, kind, payload)
      : await sockets.deliver(kind, payload, envelopeId, PATIENCE);
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

/** v0 signature over time and body; the body is the ack. */
async function post(
  { url, signingSecret }: { url: string; signingSecret: string },
  kind: Kind,
  payload: Json,
): Promise<{ payload: unknown } | undefined> {
  const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : textOnly(payload);
  const body = new URLSearchParams(form).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${hash}`,
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) return undefined;
    const answer = await response.text();
    return { payload: answer.startsWith('{') ? JSON.parse(answer) : answer };
  } catch {
    return undefined;
  }
}

const textOnly = (payload: Json): Record<string, string> =>
  Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]));
