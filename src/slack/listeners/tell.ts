import type { Desk } from '../desk.ts';
import type { ClickPayload } from '../payloads.ts';
import type { Mrkdwn } from '../text.ts';

/**
 * Tells one person, where they pressed. By the click's own response_url, which works even for who isn't in the
 * channel. A private message may get lost: nothing that matters is only there.
 */
export async function tell(desk: Desk, payload: ClickPayload, answer: Mrkdwn): Promise<void> {
  const thread = payload.message?.thread_ts ?? payload.container?.thread_ts;
  const body = {
    response_type: 'ephemeral',
    replace_original: false,
    text: answer.text,
    ...(thread ? { thread_ts: thread } : {}),
  };
  try {
    if (payload.response_url) await respond(payload.response_url, body);
  } catch (error) {
    desk.log.warn(
      { user: payload.user.id, error: String(error) },
      'a private answer did not reach its person',
    );
  }
}

/** Posts to a response_url; throws when Slack doesn't take it within 5 s. */
export async function respond(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`response_url answered ${response.status}`);
}
