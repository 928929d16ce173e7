import type { WebClient } from '@slack/web-api';
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Handled, Job, NewJob } from '../../ports/jobs.ts';
import type { Log } from '../../ports/log.ts';
import type { MessageStore } from '../../ports/messages.ts';
import type { Render } from '../render.ts';
import { sendFailureOf } from './failure.ts';
import { postsOf } from './look-back.ts';
import { threadOf } from './thread.ts';

/** Kind of the job that every send brings whose end isn't known. Stored: don't rename. */
export const SECOND_LOOK = 'slack.second-look';

/** What Slack was told and didn't answer, it may do after all, and after what it was told later. */
const UNTIL_CERTAIN = MINUTE;
/** Who hung may have posted what somebody else has posted meanwhile; nothing later than this is looked through. */
const BEFORE = 60 * MINUTE;

/** Sends that end in the same ten seconds share a look; an earlier send's look would come too early for a later one. */
const TOGETHER = 10 * SECOND;

/** Owed about a send that has ended just now. When it is certain goes by Slack's time: ours may be set meanwhile. */
export function secondLook(
  messageId: string,
  { slackTime, clock }: Record<'slackTime' | 'clock', Clock>,
): NewJob {
  const now = slackTime.now();
  const certainAt = Math.ceil((now + UNTIL_CERTAIN) / TOGETHER) * TOGETHER;
  return {
    id: `${SECOND_LOOK}:${messageId}:${certainAt}`,
    kind: SECOND_LOOK,
    subject: `${certainAt} ${messageId}`,
    dueAt: clock.now() + certainAt - now,
  };
}

/** What such a job says; before there were times in it, it was certain once it was due. */
function partsOf(subject: string): { id: string; certainAt: Instant } {
  const [, time, id = subject] = /^(\d+) (.+)$/s.exec(subject) ?? [];
  return { id, certainAt: Number(time ?? 0) };
}

interface Needs {
  web: WebClient;
  messages: MessageStore;
  render: Render;
  clock: Clock;
  slackTime: Clock;
  log: Log;
  wake: () => void;
}

/**
 * Once a late effect must have come: takes away what was posted beside the message of the row, and draws that anew,
 * since an update that came late shows what was.
 */
export const takeSecondLook =
  ({ web, messages, render, clock, slackTime, log, wake }: Needs) =>
  async ({ subject }: Job): Promise<Handled> => {
    const { id, certainAt } = partsOf(subject);
    const left = certainAt - slackTime.now();
    if (left > 0) return { is: 'again', at: clock.now() + Math.min(left, 2 * UNTIL_CERTAIN) };
    const message = await messages.find(id);
    if (!message) return { is: 'done' };
    const { channel, ts } = message;
    if (!ts) return { is: 'again', at: clock.now() + UNTIL_CERTAIN };
    const title = (await render(message))?.file?.title;
    const where = { channel, threadTs: await threadOf(messages, message), since: sinceOf(ts) };
    for await (const one of postsOf(web, { id, title }, where)) {
      if (one.ts === ts || one.files.includes(ts)) continue;
      log.warn({ message: id }, 'a message is in Slack twice; one is taken away');
      await web.chat.delete({ channel, ts: one.ts }).catch((error) => {
        if (sendFailureOf(error).is !== 'gone') throw error;
      });
    }
    await messages.redraw(id);
    wake();
    return { is: 'done' };
  };

/** Of a file only its id is known, and no time: its thread is read from its start. */
const sinceOf = (ts: string): Instant => (/^\d+\.\d+$/.test(ts) ? Number(ts) * SECOND - BEFORE : 0);
