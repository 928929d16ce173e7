import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { SECOND } from '../../domain/time.ts';
import { deathOf } from '../token.ts';

/** What a failed send means for the message: how long to wait, and whether Slack may show it all the same. */
export type SendFailure =
  | { is: 'paused'; forMs: number }
  | { is: 'refused'; error: string }
  | { is: 'dead'; error: string }
  | { is: 'no-channel'; error: string }
  | { is: 'gone'; error: string }
  | { is: 'too-much'; error: string }
  | { is: 'uncertain'; error: string };

const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
  'thread_not_found',
]);
/** Nothing can be posted there until a person mends it. */
const NO_CHANNEL = new Set(['channel_not_found', 'is_archived', 'not_in_channel']);
const TOO_MUCH = new Set([
  'msg_blocks_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_too_long',
  'invalid_attachments',
  'attachment_payload_limit_exceeded',
]);
/** Answers after which the message may have been posted. */
const UNCERTAIN = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Sorts what the Web API client threw. A lost or broken answer says nothing about the effect. */
export function sendFailureOf(error: unknown): SendFailure {
  if (error instanceof WebAPIRateLimitedError) return { is: 'paused', forMs: error.retryAfter * SECOND };
  if (!(error instanceof WebAPIPlatformError)) return { is: 'uncertain', error: String(error) };
  const code = error.data.error;
  if (deathOf(error)) return { is: 'dead', error: code };
  if (code === 'ratelimited' || code === 'rate_limited') return { is: 'paused', forMs: 5 * SECOND };
  if (NO_CHANNEL.has(code)) return { is: 'no-channel', error: code };
  if (GONE.has(code)) return { is: 'gone', error: code };
  if (TOO_MUCH.has(code)) return { is: 'too-much', error: code };
  return UNCERTAIN.has(code) ? { is: 'uncertain', error: code } : { is: 'refused', error: code };
}
