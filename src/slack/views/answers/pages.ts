import type { KnownBlock } from '@slack/types';
import { actions, button, context } from '../../blocks.ts';
import { ACTION, pack } from '../../ids.ts';
import { mrkdwn } from '../../text.ts';

/** Which part of a list is shown, newest first. */
export interface Paging {
  /** The command's text, which the buttons of the page carry. */
  query: string;
  offset: number;
  pageSize: number;
  total: number;
}

/** "1 to 5 of 25", and buttons to the pages beside this one; nothing when all is shown. */
export function turns({ query, offset, pageSize, total }: Paging): KnownBlock[] {
  const buttons = [
    offset > 0 && button('Newer', ACTION.newer, pack(query, String(Math.max(0, offset - pageSize)))),
    offset + pageSize < total && button('Older', ACTION.older, pack(query, String(offset + pageSize))),
  ].filter((one) => one !== false);
  if (buttons.length === 0) return [];
  const last = Math.min(offset + pageSize, total);
  return [context([mrkdwn`${offset + 1} to ${last} of ${total}`]), actions(buttons)];
}
