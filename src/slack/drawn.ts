import type { KnownBlock } from '@slack/types';

/** What a message shows: `text` is the push notification and what screen readers read. */
export interface Drawn {
  text: string;
  blocks: KnownBlock[];
  /** Bars of colour below the blocks; an update without any takes them away. */
  attachments?: Bar[];
  /** A line of a thread that the whole channel is to see. */
  broadcast?: boolean;
  /** Then it is a file, and nothing else is shown. */
  file?: DrawnFile;
}

/** An attachment, as Slack calls it: blocks beside a bar of colour. */
export interface Bar {
  /** #rrggbb */
  color: string;
  fallback: string;
  blocks: KnownBlock[];
}

/** The same without its uploaded pictures; nothing when it has none. */
export function withoutPictures(drawn: Drawn): Drawn | undefined {
  const blocks = drawn.blocks.filter(({ type }) => type !== 'image');
  return blocks.length < drawn.blocks.length ? { ...drawn, blocks } : undefined;
}

/** A file of the thread. */
export interface DrawnFile {
  name: string;
  /** The same for no other file: it is known again by it. */
  title: string;
  /** What a picture shows, for who doesn't see it. */
  alt?: string;
  bytes: Uint8Array;
}
