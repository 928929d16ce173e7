import type { KnownBlock } from '@slack/types';

/** What a message shows: `text` is the push notification and what screen readers read. */
export interface Drawn {
  text: string;
  blocks: KnownBlock[];
  /** A line of a thread that the whole channel is to see. */
  broadcast?: boolean;
}
