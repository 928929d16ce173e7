import type { KnownBlock, TableBlock } from '@slack/types';
import { type Answer, type Part, rowsThatFit, type Sentence, type Table } from '../../domain/answer.ts';
import type { GuideStep } from '../../domain/guide.ts';
import type { StepAnswer } from '../../domain/step-answer.ts';
import { context, header, section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { code, date, join, link, type Mrkdwn, mrkdwn, person, prose, shown } from '../text.ts';

/** As much as the answers in one message of the guide may take together, in characters as they are sent. */
const ROOM = 7_000;
const MOST_ROOM = 1_000;

/** How much of its answer each of so many steps can show. */
export const roomFor = (steps: number): number => Math.min(MOST_ROOM, Math.floor(ROOM / steps));

/** What is known about a step, in the guide: what is under way, the answer in short, and what couldn't be read. */
export function answerLines({ answer, asked, trouble }: StepAnswer, room: number): Mrkdwn[] {
  const foot = answer ? [footer(answer)] : [];
  const pages = asked && asked.pages > 0 ? `, ${asked.pages} pages of CloudTrail read` : '';
  const lines = [
    ...(asked ? [mrkdwn`⏳ _Being looked up for ${person(asked.by)}${pages}. Cancel it in the menu._`] : []),
    ...(trouble && !asked
      ? [mrkdwn`⚠️ _Could not be looked up_, ${date(trouble.at)}: ${prose(trouble.why, 160)}`]
      : []),
    ...(answer ? [...answer.short.map(markupOf), ...gaps(answer, 2)] : []),
  ];
  return [...fitting(lines, room - lengthOf(foot)), ...foot];
}

const lengthOf = (lines: readonly Mrkdwn[]): number =>
  lines.reduce((sum, { text }) => sum + text.length + 1, 0);

/** An answer in full, as a message of the thread; what is too long for it is in the file beside it. */
export function stepDetails(
  step: GuideStep,
  { answer }: StepAnswer,
  { version }: { version: number },
): Drawn {
  const id = (name: string): string => `details.${step.id}.${name}.${version}`;
  if (!answer) return { text: mrkdwn`${step.title}`.text, blocks: [section(mrkdwn`Not looked up yet.`)] };
  return {
    text: mrkdwn`${step.title}: ${join(fitting(answer.short.map(markupOf), MOST_ROOM), '; ')}`.text,
    blocks: [
      header(`${step.title} · ${step.question}`, id('headline')),
      ...answerBlocks(answer, id),
      ...(isLong(answer) ? [context([mrkdwn`All rows are in the file in this thread.`], id('file'))] : []),
    ],
  };
}

const isLong = ({ table }: Answer): boolean => table !== undefined && rowsThatFit(table) < table.rows.length;

/** All that an answer says, as far as a message holds it. */
export function answerBlocks(answer: Answer, id?: (name: string) => string): KnownBlock[] {
  const sentences = fitting([...answer.short, ...answer.more].map(markupOf), 2_600);
  const { table } = answer;
  const rows = table ? rowsThatFit(table) : 0;
  const left = (table?.rows.length ?? 0) - rows;
  const named = (name: string) => (id ? { block_id: id(name) } : {});
  return [
    ...(sentences.length > 0 ? [section(join(sentences, '\n'), named('sentences'))] : []),
    ...(table && rows > 0 ? [{ ...tableBlock(table, rows), ...named('table') }] : []),
    ...(left > 0 ? [context([mrkdwn`and ${left} more rows`], id?.('rest'))] : []),
    context([join([...gaps(answer, 6), footer(answer)], '\n')], id?.('footer')),
  ];
}

function footer({ at, source }: Answer): Mrkdwn {
  return mrkdwn`_as of ${date(at)} · ${prose(source, 110)}_`;
}

function gaps({ missing }: Answer, most: number): Mrkdwn[] {
  const more = missing.length - most;
  return [
    ...missing.slice(0, most).map((why) => mrkdwn`🔑 ${prose(why, 140)}`),
    ...(more > 0 ? [mrkdwn`and ${more} more that could not be read`] : []),
  ];
}

/** The first lines that have room; a longer one ends the list, and the details have it. */
function fitting(lines: readonly Mrkdwn[], room: number): Mrkdwn[] {
  const fit: Mrkdwn[] = [];
  let used = 0;
  for (const line of lines) {
    used += line.text.length + 1;
    if (used > room) return [...fit, mrkdwn`…`];
    fit.push(line);
  }
  return fit;
}

/** A sentence as Slack's markup: only what the sentence says is bold, a time or a link becomes one. */
export function markupOf(sentence: Sentence): Mrkdwn {
  return join(sentence.map(partMarkup), '');
}

function partMarkup(part: Part): Mrkdwn {
  if ('say' in part) return spaced(part.say);
  if ('strong' in part) return mrkdwn`*${part.strong.replaceAll('*', '·')}*`;
  if ('name' in part) return code(part.name, 90);
  if ('at' in part) return date(part.at);
  if ('person' in part) return person(part.person);
  if ('alert' in part) return code(part.alert, 40);
  return link(part.to, part.link);
}

/** Our own words, whose blanks at the ends matter between two parts. */
function spaced(words: string): Mrkdwn {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  const blank = (text: string): string => (text === '' ? '' : ' ');
  return mrkdwn`${blank(before)}${prose(inner, 400)}${blank(after)}`;
}

function tableBlock({ columns, rows }: Table, most: number): TableBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text: shown(text, 200) || '-' });
  return {
    type: 'table',
    rows: [columns, ...rows.slice(0, most)].map((row) => row.map(cell)),
    column_settings: columns.map(() => ({ is_wrapped: true })),
  };
}
