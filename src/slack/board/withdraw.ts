import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { SECOND } from '../../domain/time.ts';
import type { Log, MessageStore } from '../../ports.ts';

interface Needs {
  web: WebClient;
  messages: MessageStore;
  log: Log;
}

/** Longer than the other replica's own attempt can take. */
const LOOKS = 90;

/**
 * For a post that was under way while this replica hung and lost its lease. The other replica has found it in the
 * channel, or has posted the message itself: then ours is one too many, and is taken away again.
 */
export async function withdraw(
  { web, messages, log }: Needs,
  posted: { id: string; channel: string; ts: string },
): Promise<void> {
  const { id, channel, ts } = posted;
  for (let look = 0; look < LOOKS; look++) {
    const known = await messages.find(id);
    if (!known || known.ts === ts) return;
    if (known.ts !== undefined) {
      await web.chat.delete({ channel, ts });
      log.warn({ message: id }, 'a message was posted by two replicas; this one took its own away');
      return;
    }
    await sleep(SECOND);
  }
}
