import type { Report } from '../../../domain/report.ts';
import type { ShownPicture } from '../../../ports/messages.ts';
import { context } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { mrkdwn } from '../../text.ts';
import { reportBlocks } from '../numbers/report.ts';

/** What the last days came to; `pictures` are missing when Slack didn't take them. */
export function statsAnswer(
  days: number,
  report: Report,
  pictures: readonly ShownPicture[] | undefined,
): Drawn {
  const { total } = report;
  const head = mrkdwn`*Numbers of the last ${days} days*: ${total === 0 ? 'no alerts' : `${total} ${total === 1 ? 'alert' : 'alerts'}`}`;
  return {
    text: head.text,
    blocks: [
      ...reportBlocks(head, report, pictures ?? []),
      ...(pictures ? [] : [context([mrkdwn`Slack didn't take the charts; the log of Groupwatch says why.`])]),
    ],
  };
}
