import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';

interface Needs {
  signingSecret: string;
  clock: Clock;
}

/** A view has at most 250 kB as JSON, and three times as much in a form. */
const MOST_BYTES = 1_000_000;
const FORM = 'application/x-www-form-urlencoded';
/** Slack's time and ours may differ by so much. Source: docs.slack.dev/authentication/verifying-requests-from-slack */
const NEAR = 5 * MINUTE;

/**
 * Lets through what Slack has signed within five minutes, and that once. Bolt also takes signatures from the future,
 * which could be kept for later, the same request again, and bodies of any size. The body that was read is handed on
 * as `rawBody`, where Bolt looks for it.
 */
export function onlySigned({ signingSecret, clock }: Needs, next: RequestListener): RequestListener {
  const seen = new Map<string, number>();

  function isNew(signature: string, now: number): boolean {
    for (const [old, at] of seen) {
      if (Math.abs(now - at) <= 2 * NEAR) break;
      seen.delete(old);
    }
    if (seen.has(signature)) return false;
    seen.set(signature, now);
    return true;
  }

  async function judge(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === 'too much') return refuse(response, 413);
    const { 'x-slack-signature': signature, 'x-slack-request-timestamp': sentAt } = request.headers;
    // Slack tries our certificate so, without a signature; there is nothing to do.
    if (signature === undefined && isCertificateCheck(request, body))
      return void response.writeHead(200).end();
    if (typeof signature !== 'string' || typeof sentAt !== 'string') return refuse(response, 401);
    const now = clock.now();
    const near = Math.abs(Number(sentAt) * SECOND - now) <= NEAR;
    const ours = createHmac('sha256', signingSecret).update(`v0:${sentAt}:`).update(body).digest('hex');
    if (!near || !same(signature, `v0=${ours}`) || !isNew(signature, now)) return refuse(response, 401);
    if (!holdsObject(body.toString(), request.headers['content-type'])) return refuse(response, 400);
    next(Object.assign(request, { rawBody: body }), response);
  }

  return (request, response) => {
    judge(request, response).catch(() => response.destroy());
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too much'> {
  if (Number(request.headers['content-length']) > MOST_BYTES) return 'too much';
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MOST_BYTES) return 'too much';
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const isCertificateCheck = ({ headers }: IncomingMessage, body: Buffer): boolean =>
  headers['content-type'] === FORM && new URLSearchParams(body.toString()).get('ssl_check') === '1';

/** Bolt breaks on what is signed and holds something else; nobody but Slack could send that, but a bug there can. */
function holdsObject(body: string, type: string | undefined): boolean {
  const isForm = type === FORM;
  const payload = isForm ? new URLSearchParams(body).get('payload') : body;
  if (payload === null) return isForm;
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

const same = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whoever sent this gets no second request on the connection. */
function refuse(response: ServerResponse, status: 400 | 401 | 413): void {
  response.writeHead(status, { connection: 'close' }).end();
}
