import type { WebClient } from '@slack/web-api';
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import { METADATA } from '../ids.ts';

interface Where {
  channel: string;
  /** The card of the thread, for what is posted in one. */
  threadTs?: string;
  /** When posting was first tried; a little before it is looked at too, since clocks differ. */
  since: Instant;
}

/**
 * Finds a message of ours by the id in its metadata, or by the title of its file, which can have none: after a lost
 * answer or a crash the only way to know whether it was posted. Reads to the end of the pages; throws when Slack can't be asked.
 */
export async function lookBack(
  web: WebClient,
  { id, title }: { id: string; title?: string },
  where: Where,
): Promise<string | undefined> {
  const oldest = String((where.since - 5 * MINUTE) / SECOND);
  let cursor: string | undefined;
  do {
    const page = where.threadTs
      ? await web.conversations.replies({
          channel: where.channel,
          ts: where.threadTs,
          oldest,
          include_all_metadata: true,
          limit: 200,
          cursor,
        })
      : await web.conversations.history({
          channel: where.channel,
          oldest,
          include_all_metadata: true,
          limit: 200,
          cursor,
        });
    for (const { ts, metadata, files } of page.messages ?? []) {
      if (title !== undefined && files?.some((file) => file.title === title)) return ts;
      if (metadata?.event_type === METADATA && Reflect.get(metadata.event_payload ?? {}, 'id') === id)
        return ts;
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}
