import type { WebClient } from '@slack/web-api';
import { MINUTE, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { JobStore } from '../../ports/jobs.ts';
import type { Log } from '../../ports/log.ts';
import type { Message, MessageStore } from '../../ports/messages.ts';
import { type Drawn, withoutPictures } from '../drawn.ts';
import { METADATA } from '../ids.ts';
import type { Render } from '../render.ts';
import { type SendFailure, sendFailureOf } from './failure.ts';
import { insist } from './insist.ts';
import { lookBack } from './look-back.ts';
import { secondLook } from './second-look.ts';
import { TOP, threadOf } from './thread.ts';
import { upload } from './upload.ts';

interface Needs {
  web: WebClient;
  messages: MessageStore;
  jobs: Pick<JobStore, 'add'>;
  render: Render;
  clock: Clock;
  /** Slack's own time: ours may jump, and then what was posted wouldn't be found. */
  slackTime: Clock;
  log: Log;
  /** Slack said 429: nothing more of this kind for so long. */
  pause: (message: Message, forMs: number) => void;
  /** Slack doesn't accept the bot token any more. */
  dead: (death: string) => void;
  /** The default channel, for what another one doesn't take. */
  fallback?: string;
  /** It is shown for the first time. */
  posted?: (message: Message) => void;
}

/** Longer than any one send can take; a replica that died holds a message no longer than this. */
export const LEASE = 30 * SECOND;

/** For some seconds after its upload Slack may refuse to show a picture. */
const PATIENCE = 5;

const QUIET = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;
/** An update that says nothing of attachments leaves those that are there. */
const PLAIN = { attachments: [] } satisfies Partial<Drawn>;

/**
 * Makes one claimed message show its row: posts it, or updates it, and never posts it twice. Throws only when the
 * database can't be asked; the message is due again when its lease is over.
 */
export function draw(needs: Needs): (message: Message, holder: string) => Promise<void> {
  const { web, messages, jobs, render, clock, slackTime, log, pause, dead } = needs;

  async function post(message: Message, drawn: Drawn, holder: string): Promise<string | undefined> {
    const threadTs = await threadOf(messages, message);
    const { channel, id } = message;
    const { broadcast = false, file, ...shown } = drawn;
    if (message.triedAt !== undefined) {
      const ts = await lookBack(
        web,
        { id, title: file?.title },
        { channel, threadTs, since: message.triedAt },
      );
      if (ts && !file) await web.chat.update({ channel, ts, ...QUIET, ...PLAIN, ...shown });
      if (ts) return ts;
    }
    if (!(await messages.trying(id, holder, slackTime.now(), LEASE))) return undefined;
    if (file && threadTs) return upload(web, file, { channel, threadTs });
    const metadata = { event_type: METADATA, event_payload: { id } };
    const thread = threadTs ? { thread_ts: threadTs, ...(broadcast && { reply_broadcast: true }) } : {};
    const { ts } = await web.chat.postMessage({ channel, metadata, ...thread, ...QUIET, ...PLAIN, ...shown });
    return ts;
  }

  async function send(message: Message, drawn: Drawn, holder: string): Promise<string | undefined> {
    const { channel, ts } = message;
    if (!ts) return post(message, drawn, holder);
    const { broadcast, file, ...shown } = drawn;
    // A file stays as it was uploaded.
    if (!file) await web.chat.update({ channel, ts, ...QUIET, ...PLAIN, ...shown });
    return ts;
  }

  async function sendOrShorten(message: Message, drawn: Drawn, holder: string): Promise<string | undefined> {
    try {
      return await send(message, drawn, holder);
    } catch (error) {
      const failure = sendFailureOf(error);
      if (failure.is !== 'too-much') throw error;
      const plainer = withoutPictures(drawn);
      if (plainer && message.failures < PATIENCE) throw error;
      log.error(
        { message: message.id, error: failure.error },
        `Slack refused the blocks; sent ${plainer ? 'without pictures' : 'as plain text'}`,
      );
      return send({ ...message, triedAt: undefined }, plainer ?? { ...drawn, ...PLAIN, blocks: [] }, holder);
    }
  }

  /** What a failed send means: wait, try again, or leave it at that. */
  async function settle(message: Message, holder: string, failure: SendFailure): Promise<void> {
    const { id, channel, ts, wantedVersion: version } = message;
    if (failure.is === 'gone' && ts) {
      // Somebody deleted it, and meant to: the alert goes on without this message.
      log.warn({ message: id, error: failure.error }, 'a message is gone from Slack and stays gone');
      await insist(() => messages.shown(id, holder, { channel, ts, version, at: clock.now() }));
      return;
    }
    if (failure.is === 'dead') dead(failure.error);
    if (failure.is === 'uncertain') await insist(() => jobs.add(secondLook(id, needs)));
    if (failure.is === 'no-channel' && (await isRedirected(message, holder, failure.error))) return;
    const paused = failure.is === 'paused';
    if (paused) pause(message, failure.forMs);
    else log.warn({ message: id, failure }, 'Slack did not take a message; trying again');
    const outcome = {
      retryAt: clock.now() + backOff(failure, message.failures),
      failure: paused ? undefined : failure.error,
      // A try whose outcome wasn't known stays so, until the message is found or posted.
      sent: failure.is === 'uncertain' || message.triedAt !== undefined,
    };
    await insist(() => messages.postpone(id, holder, outcome));
  }

  /** What can't be posted where it belongs comes to the default channel, which is told once a day and channel. */
  async function isRedirected(message: Message, holder: string, why: string): Promise<boolean> {
    const { id, channel, ts, drawing } = message;
    const { fallback } = needs;
    const inThread = 'alertId' in drawing && !TOP.includes(drawing.of);
    if (fallback === undefined || channel === fallback || ts || inThread || drawing.of === 'question')
      return false;
    log.warn({ message: id, channel, why }, 'a channel takes nothing; its messages come to the default one');
    const at = clock.now();
    const day = new Date(at).toISOString().slice(0, 10);
    const notice = { is: 'channel-lost', channel, why } as const;
    await insist(() => messages.notify(`notice:channel-lost:${channel}:${day}`, fallback, notice, at));
    return insist(() => messages.redirect(id, holder, fallback));
  }

  return async (message, holder) => {
    // What was wanted when it was claimed: a change since then has raised the wanted version above it.
    const { channel, id, wantedVersion: version } = message;
    if (message.interrupted) await jobs.add(secondLook(id, needs));
    const drawn = await render(message);
    if (!drawn) {
      await messages.postpone(id, holder, { retryAt: clock.now() + MINUTE, sent: false });
      return;
    }
    let ts: string | undefined;
    try {
      ts = await sendOrShorten(message, drawn, holder);
    } catch (error) {
      return settle(message, holder, sendFailureOf(error));
    }
    if (!ts) return;
    const { drawing } = message;
    const newCardOf = !message.ts && drawing.of === 'card' ? drawing.alertId : undefined;
    const shown = { channel, ts, version, at: clock.now(), newCardOf };
    const ours = await insist(() => messages.shown(id, holder, shown));
    if (ours && !message.ts) needs.posted?.(message);
    if (ours) return;
    // This replica hung, and another one may have posted the same.
    log.warn({ message: id }, 'a message was drawn by two replicas; it is looked at once more');
    await insist(() => jobs.add(secondLook(id, needs)));
  };
}

function backOff(failure: SendFailure, failures: number): number {
  if (failure.is === 'paused') return failure.forMs;
  const longest = failure.is === 'uncertain' ? 30 * SECOND : MINUTE;
  return Math.min(longest, SECOND * 2 ** Math.min(failures, 10));
}
