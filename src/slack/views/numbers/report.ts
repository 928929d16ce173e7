import type { ImageBlock, KnownBlock } from '@slack/types';
import type { By, Numbers, Share } from '../../../domain/numbers.ts';
import type { Report } from '../../../domain/report.ts';
import { STRETCH_WORDS, STRETCHES } from '../../../domain/times.ts';
import type { ShownPicture } from '../../../ports/messages.ts';
import { ruleOf } from '../../../rules/catalogue.ts';
import { context, fields, picture, section } from '../../blocks.ts';
import { code, join, type Mrkdwn, mrkdwn } from '../../text.ts';
import { listed } from '../response/listed.ts';
import { percent, spreadInWords } from './words.ts';

/** Of accounts, groups and rules, those with most alerts. */
const MOST = 5;

/** A report with its charts, under a headline. */
export function reportBlocks(head: Mrkdwn, report: Report, pictures: readonly ShownPicture[]): KnownBlock[] {
  const { total, counted, numbers, by } = report;
  if (total === 0) return [section(head)];
  return [
    section(head),
    fields(numberFields(numbers)),
    ...pictures.map(chart),
    ...(['account', 'group', 'rule'] as const).flatMap((one) => shareLines(one, by[one])),
    context([
      join(
        [
          mrkdwn`AWS doesn't tell when it delivers an event: it was after the poll before the one that found it. So the delay of AWS is at least what is said, that of polling at most.`,
          counted < total && mrkdwn`Counted are the latest ${counted} of ${total} alerts.`,
        ],
        ' ',
      ),
    ]),
  ];
}

/** How many, how they were judged, and how long each stretch took: at most ten fields. */
export function numberFields({ alerts, verdicts, falsePositives, stretches }: Numbers): Mrkdwn[] {
  const judged = verdicts['true-positive'] + verdicts.benign + verdicts['false-positive'];
  return [
    mrkdwn`*Alerts*\n${alerts}`,
    falsePositives === undefined
      ? mrkdwn`*False positives*\nnone resolved yet`
      : mrkdwn`*False positives*\n${percent(falsePositives)} of ${judged} resolved, ${verdicts.benign} benign, ${verdicts['true-positive']} true`,
    ...STRETCHES.map((stretch) => {
      const spread = stretches[stretch];
      return mrkdwn`*${STRETCH_WORDS[stretch]}*\n${spread ? spreadInWords(spread) : 'not known of any'}`;
    }),
  ];
}

const HEADS: Record<By, string> = { account: 'By account', group: 'By group', rule: 'By rule' };

/** Names of AWS may be long and hostile: so many characters of each list fit into a message. */
const BUDGET = 3_500;

function shareLines(by: By, shares: readonly Share[]): KnownBlock[] {
  const lines = shares.slice(0, MOST).map((share) => shareLine(by, share));
  const beyond = shares.length - lines.length;
  const andMore = (left: number): Mrkdwn => mrkdwn`… and ${left} more`;
  return listed(mrkdwn`*${HEADS[by]}*`, beyond > 0 ? [...lines, andMore(beyond)] : lines, {
    budget: BUDGET,
    more: (cut) => andMore(beyond > 0 ? cut - 1 + beyond : cut),
    id: (part) => `numbers.${by}.${part}`,
  });
}

function shareLine(by: By, { name, alerts, falsePositives, stretches }: Share): Mrkdwn {
  const acknowledged = stretches['to-acknowledge'];
  const resolved = stretches['to-resolve'];
  return join(
    [
      mrkdwn`${nameOf(by, name)} ${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`,
      acknowledged && mrkdwn`acknowledged after ${spreadInWords(acknowledged)}`,
      resolved && mrkdwn`resolved after ${spreadInWords(resolved)}`,
      falsePositives !== undefined && mrkdwn`${percent(falsePositives)} false positives`,
    ],
    ' · ',
  );
}

function nameOf(by: By, name: string): Mrkdwn {
  if (by === 'rule') return mrkdwn`${ruleOf(name).name}:`;
  return name === '' ? mrkdwn`no ${by} named:` : mrkdwn`${code(name, 128)}:`;
}

const chart = ({ fileId, title, alt }: ShownPicture): ImageBlock => picture(fileId, { title, alt });
