import type { KnownBlock } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { SEVERITIES, type Severity } from '../../../domain/severity.ts';
import type { Unresolved, Worklist } from '../../../ports/alerts.ts';
import { actions, button, context, header, section } from '../../blocks.ts';
import { ACTION } from '../../ids.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person } from '../../text.ts';
import { sentence, severityLabel } from '../sentence.ts';
import { type HomeOf, MINE, PAGE_SIZE } from './home-of.ts';

type LinkOf = HomeOf['linkOf'];

/** What has been assigned to this person, or acknowledged by them, and isn't resolved. */
export function mine({ alerts, total }: Worklist, linkOf: LinkOf): KnownBlock[] {
  if (total === 0) return [];
  const left = total - alerts.length;
  return [
    header(`Yours · ${total}`, 'home.mine'),
    ...alerts.slice(0, MINE).flatMap((alert) => entry(alert, linkOf(alert), 'mine')),
    ...(left > 0 ? [context([mrkdwn`… and ${left} more of yours`], 'home.mine-more')] : []),
  ];
}

/** What nobody has acknowledged, the gravest first, in pages; each severity under its name. */
export function openAlerts({ open, counts, page, linkOf }: HomeOf): KnownBlock[] {
  const acknowledged = SEVERITIES.reduce((sum, severity) => sum + counts[severity].acknowledged, 0);
  const others =
    acknowledged > 0
      ? mrkdwn` ${acknowledged} more ${acknowledged === 1 ? 'is' : 'are'} acknowledged and not resolved.`
      : mrkdwn``;
  if (open.total === 0)
    return [
      header('Open alerts', 'home.open'),
      section(mrkdwn`✅ There is no alert that nobody has acknowledged.${others}`, { block_id: 'home.none' }),
    ];
  return [
    header(`Open alerts · ${open.total}`, 'home.open'),
    context([mrkdwn`Nobody has acknowledged these.${others}`], 'home.open-counts'),
    ...SEVERITIES.toReversed().flatMap((severity) => ofSeverity(severity, open.alerts, counts, linkOf)),
    ...pages(page, open.total),
  ];
}

function ofSeverity(
  severity: Severity,
  alerts: readonly Alert[],
  counts: Unresolved,
  linkOf: LinkOf,
): KnownBlock[] {
  const some = alerts.filter((alert) => alert.severity === severity);
  if (some.length === 0) return [];
  const head = mrkdwn`*${severityLabel(severity)}* · ${counts[severity].open}`;
  return [
    context([head], `home.${severity}`),
    ...some.flatMap((alert) => entry(alert, linkOf(alert), 'open')),
  ];
}

/** Two blocks an alert: what it says, and what can be done about it from here. */
function entry(alert: Alert, url: string | undefined, place: 'open' | 'mine'): KnownBlock[] {
  const { id, handling, snooze, reminded, assignee } = alert;
  const about = join(
    [
      mrkdwn`\`${id}\``,
      date(alert.eventTime),
      mrkdwn`account ${code(alert.account, 20)}`,
      handling.is === 'acknowledged' && mrkdwn`acknowledged by ${person(handling.by)}`,
      place === 'open' && assignee && mrkdwn`assigned to ${person(assignee.to)}`,
      snooze && mrkdwn`💤 snoozed until ${date(snooze.until)}`,
      reminded && mrkdwn`🔔 called for somebody ${reminded.times === 1 ? 'once' : `${reminded.times} times`}`,
    ],
    ' · ',
  );
  const buttons = [
    ...(handling.is === 'open'
      ? [
          button('Acknowledge', ACTION.acknowledge, id, {
            ...(place === 'open' && { style: 'primary' }),
            accessibility_label: `Acknowledge ${id}`,
          }),
        ]
      : []),
    ...(url
      ? [button('Open card', ACTION.openCard, id, { url, accessibility_label: `Open card of ${id}` })]
      : []),
  ];
  return [
    section(place === 'open' ? said(alert, about) : withSeverity(alert, about), {
      block_id: `home.${place}.${id}`,
    }),
    ...(buttons.length > 0 ? [actions(buttons, `home.${place}.${id}.acts`)] : []),
  ];
}

const said = (alert: Alert, about: Mrkdwn): Mrkdwn => mrkdwn`${sentence(alert)}\n${about}`;

const withSeverity = (alert: Alert, about: Mrkdwn): Mrkdwn =>
  mrkdwn`${severityLabel(alert.severity)} · ${said(alert, about)}`;

function pages(page: number, total: number): KnownBlock[] {
  const first = page * PAGE_SIZE;
  const last = Math.min(first + PAGE_SIZE, total);
  const turns = [
    page > 0 && button('Previous', ACTION.homeNewer, String(page - 1)),
    last < total && button('Next', ACTION.homeOlder, String(page + 1)),
  ].filter((one) => one !== false);
  if (turns.length === 0) return [];
  return [context([mrkdwn`${first + 1} to ${last} of ${total}`], 'home.page'), actions(turns, 'home.pages')];
}
