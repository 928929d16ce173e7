import { createHmac } from 'node:crypto';

/** A POST as Slack sends it: v0 signature over time and body. */
export function signedRequest(
  body: string,
  signingSecret: string,
  headers: Record<string, string>,
): RequestInit & { headers: Record<string, string> } {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    method: 'POST',
    headers: { ...headers, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` },
    body,
  };
}
