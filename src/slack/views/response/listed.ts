import type { SectionBlock } from '@slack/types';
import { section } from '../../blocks.ts';
import { join, type Mrkdwn } from '../../text.ts';

/** A section takes 3,000 characters; some are left for what Slack may count otherwise. */
const LONGEST = 2_900;

/**
 * Lines in as few sections as they fit into, under a heading. Beyond `budget` characters the rest is only counted,
 * by `more`, which has to say where it can be read.
 */
export function listed(
  heading: Mrkdwn,
  lines: readonly Mrkdwn[],
  { budget, more, id }: { budget: number; more: (left: number) => Mrkdwn; id: (part: number) => string },
): SectionBlock[] {
  const parts: Mrkdwn[][] = [[heading]];
  let used = heading.text.length;
  let inPart = used;
  for (const [index, line] of lines.entries()) {
    const size = line.text.length + 1;
    used += size;
    if (used > budget) {
      parts.at(-1)?.push(more(lines.length - index));
      break;
    }
    if (inPart + size > LONGEST) {
      parts.push([]);
      inPart = 0;
    }
    parts.at(-1)?.push(line);
    inPart += size;
  }
  return parts.map((part, index) => section(join(part, '\n'), { block_id: id(index) }));
}
