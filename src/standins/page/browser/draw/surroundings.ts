import type { Reader } from '../markup/dates.ts';

/** What somebody chose or typed, in the words of the stand-in. */
export interface Choice {
  option?: string;
  options?: string[];
  user?: string;
  users?: string[];
  input?: string;
}

/** An element that was pressed. */
export interface Press {
  actionId: string;
  blockId: string;
  choice: Choice;
}

export type Filled = string | string[];

/** A file that can be shown. */
export interface ShownFile {
  url: string;
  name: string;
  title: string;
  altText?: string;
  size: number;
}

/** What blocks are drawn amid: names for ids, the reader's clock, what is filled in, and where presses go. */
export interface Surroundings {
  me: string;
  reader(): Reader;
  userName(id: string): string | undefined;
  channelName(id: string): string | undefined;
  groupHandle(id: string): string | undefined;
  people(): { id: string; name: string }[];
  file(id: string): ShownFile | undefined;
  press(press: Press): void;
  /** What is filled in so far, by action_id; drawing again keeps it. */
  draft: Map<string, Filled>;
  /** What is wrong with inputs, by block_id. */
  problems: Record<string, string>;
}
