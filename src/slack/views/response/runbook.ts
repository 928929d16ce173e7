import type { KnownBlock, SectionBlock } from '@slack/types';
import type { ResponseRequest, Step } from '../../../domain/response/request.ts';
import { button, context, header, preformatted, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { ACTION, COMMAND, pack } from '../../ids.ts';
import { code, type Mrkdwn, mrkdwn, person } from '../../text.ts';
import { type Asked, deed } from './deed.ts';
import { type Portion, runbookPages } from './runbook-pages.ts';
import { stepLine } from './step-line.ts';

/** Sections and blocks of commands in a message, beside its head and its foot. */
const MOST_BLOCKS = 45;

/** The commands that people run for an approved request, in order, each with a button to say that it was run. */
export function runbook(asked: Asked, { version }: { version: number }): Drawn {
  const { request } = asked;
  const [first = [], ...more] = runbookPages(request);
  const next = more[0]?.[0]?.number;
  const id = (name: string): string => `runbook.${name}.${version}`;
  return {
    text: mrkdwn`Runbook to ${deed(asked)} · ${request.id}`.text,
    blocks: [
      header('Runbook', id('headline')),
      section(introduction(asked, first), { block_id: id('introduction') }),
      ...commandBlocks(request, first, id),
      context([rest(request, next)], id('footer')),
    ],
  };
}

/** Whom it is on, and how to go about it. */
export function introduction(asked: Asked, page: readonly Portion[]): Mrkdwn {
  const { request } = asked;
  const head = mrkdwn`To ${deed(asked)} in the account ${code(request.account)}`;
  if (page.length === 0) return mrkdwn`${head}: *there is nothing to run by hand.*`;
  if (request.state.is === 'done') return mrkdwn`${head}: people have run all of it.`;
  const by = request.approval ? mrkdwn`, approved by ${person(request.approval.by)}` : mrkdwn``;
  return mrkdwn`${head}${by}. First make sure of the account: \`aws sts get-caller-identity\` must name it. Then run these *in this order*, and mark each as run when AWS has taken it. Run nothing more than stands here: nothing more was approved.`;
}

const rest = ({ id }: ResponseRequest, next: number | undefined): Mrkdwn =>
  next === undefined
    ? mrkdwn`${code(id)} · these are all of its commands`
    : mrkdwn`${code(id)} · *not all of its commands fit here:* from step ${next} on they come by \`${COMMAND} runbook ${id}\``;

/** Each step with its button, and its command below; where there are many, several commands share a block. */
export function commandBlocks(
  request: ResponseRequest,
  page: readonly Portion[],
  id: (name: string) => string,
  pageNumber?: number,
): KnownBlock[] {
  const together = Math.ceil(page.length / Math.max(1, MOST_BLOCKS - page.length));
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < page.length; at += together) {
    const group = page.slice(at, at + together);
    const last = group.at(-1);
    for (const portion of group) blocks.push(stepSection(request, portion, id, pageNumber));
    const commands = group.map(({ number, text }) => (together > 1 ? `# ${number}\n${text}` : text));
    blocks.push({
      ...preformatted(commands.join('\n')),
      block_id: id(`commands.${last?.number}.${last?.part}`),
    });
  }
  return blocks;
}

function stepSection(
  request: ResponseRequest,
  { step, number, part, parts }: Portion,
  id: (name: string) => string,
  pageNumber: number | undefined,
): SectionBlock {
  const piece =
    parts > 1
      ? mrkdwn`\n*Part ${part} of ${parts}* of one long command: put them together without anything in between.`
      : mrkdwn``;
  const open = request.state.is === 'approved' || request.state.is === 'stopped';
  const markable = open && step.state.is !== 'by-hand' && part === parts;
  const value = pack(request.id, step.id, ...(pageNumber === undefined ? [] : [String(pageNumber)]));
  return section(mrkdwn`${stepLine(step, number)}${unsure(step)}${piece}`, {
    block_id: id(`step.${number}.${part}`),
    ...(markable && {
      accessory: button('Mark as run', ACTION.markRun, value, {
        accessibility_label: `Mark as run: step ${number}`,
      }),
    }),
  });
}

/** A step that was under way when it stopped may have had its effect. */
const unsure = ({ state }: Step): Mrkdwn =>
  state.is === 'applying'
    ? mrkdwn`\nIt isn't known whether AWS has taken it. Running it once more does no harm.`
    : mrkdwn``;
