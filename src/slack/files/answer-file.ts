import { utc } from '../../domain/answer.ts';
import type { GuideStep } from '../../domain/guide.ts';
import type { StepAnswer } from '../../domain/step-answer.ts';
import type { Drawing } from '../../ports/messages.ts';
import { section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { mrkdwn } from '../text.ts';
import { csvOf } from './csv.ts';
import { timelineAlt } from './timeline-words.ts';

type FileDrawing = Extract<Drawing, { of: 'file' }>;

/** The picture of an answer, or its whole table; nothing when the answer has none any more. */
export async function answerFile(
  { alertId, what, at }: FileDrawing,
  { id: step, title: question }: GuideStep,
  { answer }: StepAnswer,
): Promise<Drawn | undefined> {
  // It may have been looked up anew since: the file is of what there is now.
  const asOf = answer?.at ?? at;
  const stamp = `${utc(asOf)} UTC`;
  const name = `${alertId}-${step}-${new Date(asOf).toISOString().slice(0, 19).replaceAll(':', '')}`;
  const title = `${question}, ${alertId}, ${stamp}`;
  const drawn = (file: Drawn['file']): Drawn => ({ text: title, blocks: [], file });
  if (what === 'table')
    return answer?.table ? drawn({ name: `${name}.csv`, title, bytes: csvOf(answer.table) }) : nothing(title);
  if (!answer?.picture) return nothing(title);
  // Only now: it takes memory that a Groupwatch without an opened guide doesn't need.
  const { drawTimeline } = await import('./timeline.ts');
  return drawn({
    name: `${name}.png`,
    title,
    alt: timelineAlt(answer.picture),
    bytes: await drawTimeline(answer.picture),
  });
}

/** The answer was looked up anew, and what was to be shown isn't in it any more. */
const nothing = (title: string): Drawn => ({
  text: title,
  blocks: [section(mrkdwn`${title}: nothing to show any more.`)],
});
