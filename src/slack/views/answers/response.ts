import type { ResponseRequest } from '../../../domain/response/request.ts';
import { section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { COMMAND } from '../../ids.ts';
import { code, date, join, type Mrkdwn, mrkdwn } from '../../text.ts';
import { type Asked, withOriginal } from '../response/deed.ts';
import { findingWords } from '../response/finding.ts';
import { numbered } from '../response/plan.ts';
import { question } from '../response/request-card.ts';
import { requestLine, stateLines } from '../response/state-line.ts';
import { plannedLine, stepLine } from '../response/step-line.ts';
import { pager } from './pager.ts';

const PAGE = 2_800;

/** Lines in pages that each fit into one section. */
function pagesOf(lines: readonly Mrkdwn[]): Mrkdwn[][] {
  const pages: Mrkdwn[][] = [];
  let used = PAGE;
  for (const line of lines) {
    used += line.text.length + 1;
    if (used > PAGE) {
      pages.push([]);
      used = line.text.length;
    }
    pages.at(-1)?.push(line);
  }
  return pages;
}

/** All requests of an alert, the latest first. */
export function responsesAnswer(alertId: string, responses: readonly ResponseRequest[], page: number): Drawn {
  const head = mrkdwn`*Responses to ${alertId}*: ${responses.length === 0 ? 'none' : responses.length}`;
  const lines = responses.toReversed().map((request) => {
    const id = code(request.id);
    return mrkdwn`${requestLine(withOriginal(request, responses))} · ${date(request.at)} · ${id}`;
  });
  return paged(head, lines, `response ${alertId}`, page);
}

/** One request with every step and everything that was found. */
export function responseAnswer(asked: Asked, page: number, setting: { approvers: readonly string[] }): Drawn {
  const { request } = asked;
  const { preview } = request;
  const planned = preview.is === 'known' ? numbered(preview.steps, plannedLine) : [];
  const lines = [
    question(asked),
    stateLines(request, setting),
    mrkdwn`*Steps*`,
    ...(request.steps.length > 0 ? numbered(request.steps, stepLine) : planned),
    ...request.findings.map((one) => mrkdwn`${findingWords(one)}, ${date(one.at)}`),
    mrkdwn`Its commands: \`${COMMAND} runbook ${request.id}\``,
  ];
  return paged(mrkdwn`*Response* ${code(request.id)}`, lines, `response ${request.id}`, page);
}

function paged(head: Mrkdwn, lines: readonly Mrkdwn[], query: string, page: number): Drawn {
  const pages = pagesOf(lines);
  const at = Math.max(0, Math.min(page, pages.length - 1));
  const shown = pages[at] ?? [];
  return {
    text: head.text,
    blocks: [
      section(head),
      ...(shown.length > 0 ? [section(join(shown, '\n'))] : []),
      ...pager(query, at, pages.length),
    ],
  };
}
