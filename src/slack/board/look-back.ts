import type { WebClient } from '@slack/web-api';
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import { METADATA } from '../ids.ts';

interface Where {
  channel: string;
  /** The card of the thread, for what is posted in one. */
  threadTs?: string;
  /** When posting was first tried, by Slack's time; a little before it is looked at too. */
  since: Instant;
}

/** By the id in its metadata, or by the title of its file. */
interface Sought {
  id: string;
  title?: string;
}

/** One message in Slack, with the ids of its files. */
interface Post {
  ts: string;
  files: string[];
}

/**
 * Finds a message of ours by the id in its metadata, or by the title of its file, which can have none: after a lost
 * answer or a crash the only way to know whether it was posted. Reads to the end of the pages; throws when Slack can't be asked.
 */
export async function lookBack(web: WebClient, what: Sought, where: Where): Promise<string | undefined> {
  for await (const { ts } of postsOf(web, what, where)) return ts;
  return undefined;
}

/** All messages that are what is sought, the newest first in a channel and the oldest first in a thread. */
export async function* postsOf(
  web: WebClient,
  { id, title }: Sought,
  { channel, threadTs, since }: Where,
): AsyncGenerator<Post> {
  const oldest = String((since - 5 * MINUTE) / SECOND);
  const asked = { channel, oldest, include_all_metadata: true, limit: 200 };
  let cursor: string | undefined;
  do {
    const page = threadTs
      ? await web.conversations.replies({ ...asked, ts: threadTs, cursor })
      : await web.conversations.history({ ...asked, cursor });
    for (const { ts, metadata, files } of page.messages ?? []) {
      const ours =
        (title !== undefined && files?.some((file) => file.title === title)) ||
        (metadata?.event_type === METADATA && Reflect.get(metadata.event_payload ?? {}, 'id') === id);
      if (ours && ts) yield { ts, files: (files ?? []).flatMap((file) => file.id ?? []) };
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
}
