import type { WebClient } from '@slack/web-api';
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import type { Clock, Log, Message, MessageStore } from '../../ports.ts';
import type { Drawn } from '../drawn.ts';
import { METADATA } from '../ids.ts';
import type { Render } from '../render.ts';
import { type SendFailure, sendFailureOf } from './failure.ts';
import { lookBack } from './look-back.ts';

interface Needs {
  web: WebClient;
  messages: MessageStore;
  render: Render;
  clock: Clock;
  log: Log;
  holder: string;
  /** Waits for the channel's turn; Slack wants at most one message a second. */
  pace: (channel: string) => Promise<void>;
  /** Slack said 429: nothing more to this channel until then. */
  pause: (channel: string, until: Instant) => void;
}

const QUIET = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** Makes one message show its row: posts it, or updates it, and never posts it twice. Never throws for Slack's sake. */
export function draw(needs: Needs): (message: Message) => Promise<void> {
  const { web, messages, render, clock, log, holder, pace, pause } = needs;

  async function post(message: Message, drawn: Drawn): Promise<string | undefined> {
    const threadTs = await threadOf(message);
    const { channel, id } = message;
    if (message.triedAt !== undefined) {
      const ts = await lookBack(web, id, { channel, threadTs, since: message.triedAt });
      if (ts) {
        await web.chat.update({ channel, ts, ...QUIET, ...drawn });
        return ts;
      }
    }
    await pace(channel);
    if (!(await messages.trying(id, holder, clock.now()))) return undefined;
    const metadata = { event_type: METADATA, event_payload: { id } };
    const thread = threadTs ? { thread_ts: threadTs } : {};
    const { ts } = await web.chat.postMessage({ channel, metadata, ...thread, ...QUIET, ...drawn });
    return ts;
  }

  async function threadOf({ drawing }: Message): Promise<string | undefined> {
    if (drawing.of === 'card' || drawing.of === 'notice') return undefined;
    const ts = (await messages.cardOf(drawing.alertId))?.ts;
    if (!ts) throw new Error(`the card of alert ${drawing.alertId} isn't posted yet`);
    return ts;
  }

  async function send(message: Message, drawn: Drawn): Promise<string | undefined> {
    const { channel, ts } = message;
    if (!ts) return post(message, drawn);
    await web.chat.update({ channel, ts, ...QUIET, ...drawn });
    return ts;
  }

  async function sendOrShorten(message: Message, drawn: Drawn): Promise<string | undefined> {
    try {
      return await send(message, drawn);
    } catch (error) {
      const failure = sendFailureOf(error);
      if (failure.is !== 'too-much') throw error;
      log.error(
        { message: message.id, error: failure.error },
        'Slack refused the blocks; sent as plain text',
      );
      return send({ ...message, triedAt: undefined }, { text: drawn.text, blocks: [] });
    }
  }

  return async (message) => {
    const drawn = await render(message);
    if (!drawn) return messages.postpone(message.id, { retryAt: clock.now() + MINUTE, sent: false });
    // What was wanted when it was claimed: a change since then has raised the wanted version above it.
    const { channel, id, wantedVersion: version } = message;
    try {
      const ts = await sendOrShorten(message, drawn);
      if (ts) await messages.shown(id, { channel, ts, version });
    } catch (error) {
      const failure = sendFailureOf(error);
      if (failure.is === 'paused') pause(channel, clock.now() + failure.forMs);
      if (failure.is === 'gone' && message.ts) {
        // Somebody deleted it, and meant to: the alert goes on without this message.
        log.warn({ message: id, error: failure.error }, 'a message is gone from Slack and stays gone');
        return messages.shown(id, { channel, ts: message.ts, version });
      }
      const retryAt = clock.now() + backOff(failure, message.failures);
      if (failure.is !== 'paused')
        log.warn({ message: id, failure }, 'Slack did not take a message; trying again');
      await messages.postpone(id, {
        retryAt,
        failure: failure.is === 'paused' ? undefined : failure.error,
        sent: failure.is === 'uncertain',
      });
    }
  };
}

function backOff(failure: SendFailure, failures: number): number {
  if (failure.is === 'paused') return failure.forMs;
  const longest = failure.is === 'uncertain' ? 30 * SECOND : MINUTE;
  return Math.min(longest, SECOND * 2 ** Math.min(failures, 10));
}
