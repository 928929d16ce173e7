import { header, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { mrkdwn } from '../../text.ts';
import { type Asked, deed } from '../response/deed.ts';
import { commandBlocks, introduction } from '../response/runbook.ts';
import { runbookPages } from '../response/runbook-pages.ts';
import { pager } from './pager.ts';

/** One page of a runbook, counted from 0; beyond the last it is the last. */
export function runbookAnswer(asked: Asked, page: number): Drawn {
  const { request } = asked;
  const pages = runbookPages(request);
  const at = Math.max(0, Math.min(page, pages.length - 1));
  const shown = pages[at] ?? [];
  return {
    text: mrkdwn`Runbook to ${deed(asked)} · ${request.id}`.text,
    blocks: [
      header('Runbook'),
      section(introduction(asked, shown)),
      ...commandBlocks(request, shown, (name) => `runbook.${name}`, at),
      ...pager(`runbook ${request.id}`, at, pages.length),
    ],
  };
}
