import type { KnownBlock } from '@slack/types';
import { actions, button, context } from '../../blocks.ts';
import { ACTION, pack } from '../../ids.ts';
import { mrkdwn } from '../../text.ts';

/** Turns the pages of an answer that is read from front to back; `query` is the command's text. */
export function pager(query: string, page: number, pages: number): KnownBlock[] {
  const turns = [
    page > 0 && button('Back', ACTION.newer, pack(query, String(page - 1))),
    page + 1 < pages && button('More', ACTION.older, pack(query, String(page + 1))),
  ].filter((one) => one !== false);
  return turns.length > 0 ? [context([mrkdwn`page ${page + 1} of ${pages}`]), actions(turns)] : [];
}
