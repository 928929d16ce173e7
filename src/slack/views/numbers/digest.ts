import type { Report } from '../../../domain/report.ts';
import { SEVERITIES } from '../../../domain/severity.ts';
import type { Unresolved } from '../../../ports/alerts.ts';
import type { ShownPicture } from '../../../ports/messages.ts';
import type { Drawn } from '../../drawn.ts';
import { dayWords } from '../../files/charts-words.ts';
import { mrkdwn } from '../../text.ts';
import { reportBlocks } from './report.ts';
import { percent, spreadInWords } from './words.ts';

/** What a week came to, for the channel. */
export function digest(report: Report, open: Unresolved, pictures: readonly ShownPicture[]): Drawn {
  const { total, from, to, numbers } = report;
  const week = `${dayWords(from)} to ${dayWords(to)}`;
  const left = SEVERITIES.reduce((sum, one) => sum + open[one].open + open[one].acknowledged, 0);
  const acknowledged = numbers.stretches['to-acknowledge'];
  const said = [
    total === 0 ? 'no alerts' : total === 1 ? '1 alert' : `${total} alerts`,
    ...(acknowledged ? [`acknowledged after ${spreadInWords(acknowledged)}`] : []),
    ...(numbers.falsePositives === undefined ? [] : [`${percent(numbers.falsePositives)} false positives`]),
    ...(left > 0 ? [`${left} still open`] : []),
  ];
  const head = mrkdwn`📊 *The week from ${week}*: ${said.join(', ')}.`;
  return { text: head.text, blocks: reportBlocks(head, report, pictures) };
}
