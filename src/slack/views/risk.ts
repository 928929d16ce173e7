import type { KnownBlock } from '@slack/types';
import type { Alert } from '../../domain/alert.ts';
import type { Assessment, Granted } from '../../domain/assessment.ts';
import { standingWords } from '../../domain/policy/standing.ts';
import type { RiskFactor } from '../../domain/risk.ts';
import type { Rule } from '../../rules/rule.ts';
import { context, section } from '../blocks.ts';
import { code, date, join, type Mrkdwn, mrkdwn, prose, upper } from '../text.ts';

/** As much as a card can hold, each with its evidence; the others by their titles. */
const MOST_FACTORS = 6;
const MOST_UNREAD = 3;

/** Why an alert matters: its factors with their evidence, what the group grants, and what couldn't be read. */
export function riskBlocks(alert: Alert, rule: Rule, id: (name: string) => string): KnownBlock[] {
  const { assessment, cause } = alert;
  if (cause.is === 'unreadable') return [];
  if (!assessment)
    return [context([mrkdwn`⏳ What the group grants and what came before is being read.`], id('risk'))];
  return [
    section(join([head(assessment, rule), ...factorLines(assessment.factors)], '\n'), {
      block_id: id('risk'),
    }),
    ...(assessment.granted ? [context([grantedLine(assessment.granted, assessment.at)], id('granted'))] : []),
    ...(assessment.unread.length > 0 ? [context([unreadLines(assessment)], id('unread'))] : []),
  ];
}

function head({ score, factors }: Assessment, rule: Rule): Mrkdwn {
  const none = factors.length === 0 ? ' Nothing found that raises it.' : '';
  return mrkdwn`*Risk ${score} of 100*, from the rule's ${rule.riskScore}.${none}`;
}

function factorLines(factors: readonly RiskFactor[]): (Mrkdwn | undefined)[] {
  const rest = factors.slice(MOST_FACTORS);
  return [
    ...factors
      .slice(0, MOST_FACTORS)
      .map(({ adds, title, evidence }) => mrkdwn`+${adds} *${title}*: ${prose(evidence, 150)}`),
    rest.length > 0
      ? join(
          rest.map(({ adds, title }) => mrkdwn`+${adds} ${title}`),
          '; ',
        )
      : undefined,
  ];
}

function grantedLine({ is, because }: Granted, at: number): Mrkdwn {
  const why = because.length > 0 ? mrkdwn`: ${prose(because.join('; '), 250)}` : mrkdwn``;
  return mrkdwn`The group grants *${standingWords(is)}*${why} · as of ${date(at)}`;
}

function unreadLines({ unread, documentsLeft }: Assessment): Mrkdwn {
  const more = unread.length - MOST_UNREAD;
  return join(
    [
      ...unread
        .slice(0, MOST_UNREAD)
        .map(({ why, passing }) => mrkdwn`${passing ? '⏳' : '🔑'} ${prose(upper(why), 150)}`),
      more > 0 && mrkdwn`and ${more} more that could not be read`,
      documentsLeft > 0 && mrkdwn`${documentsLeft} more policies are still being read`,
    ],
    '\n',
  );
}

/** Alerts of the same actor and group within the hour. */
export interface Companions {
  total: number;
  /** The latest of them. */
  shown: { user: string | undefined; alertId: string; url?: string }[];
}

/** Every added user has a card of their own; this leads to the others. */
export function companionBlocks(
  { total, shown }: Companions,
  id: (name: string) => string,
  linkTo: (url: string, text: string) => Mrkdwn,
): KnownBlock[] {
  if (total === 0) return [];
  const names = shown.map(({ user, alertId, url }) => {
    const name = user === undefined ? mrkdwn`a user not named` : code(user, 48);
    return mrkdwn`${name} ${url ? linkTo(url, alertId) : code(alertId)}`;
  });
  const more = total > shown.length ? mrkdwn`, and ${total - shown.length} more` : mrkdwn``;
  const what = total === 1 ? 'addition' : 'additions';
  return [
    context(
      [
        mrkdwn`🔗 *${total} more ${what} by this actor to this group within the hour*: ${join(names, ', ')}${more}`,
      ],
      id('companions'),
    ),
  ];
}
