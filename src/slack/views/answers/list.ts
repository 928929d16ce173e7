import type { KnownBlock } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import { actions, button, context, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { ACTION, pack } from '../../ids.ts';
import { date, join, link, type Mrkdwn, mrkdwn, person } from '../../text.ts';
import { sentence, severityLabel } from '../sentence.ts';

interface Page {
  title: string;
  alerts: readonly Alert[];
  total: number;
  offset: number;
  pageSize: number;
  /** The command's text, which the buttons of the page carry. */
  query: string;
  linkOf: (alert: Alert) => string | undefined;
}

/** A page of alerts, two lines each. */
export function listAnswer({ title, alerts, total, offset, pageSize, query, linkOf }: Page): Drawn {
  const head = mrkdwn`*${title}*: ${total === 0 ? 'none' : total}`;
  const blocks: KnownBlock[] = [
    section(head),
    ...alerts.map((alert) => section(entry(alert, linkOf(alert)))),
  ];
  const turns = [
    offset > 0 && button('Newer', ACTION.newer, pack(query, String(Math.max(0, offset - pageSize)))),
    offset + pageSize < total && button('Older', ACTION.older, pack(query, String(offset + pageSize))),
  ].filter((one) => one !== false);
  if (turns.length > 0) {
    blocks.push(context([mrkdwn`${offset + 1} to ${offset + alerts.length} of ${total}`]), actions(turns));
  }
  return { text: head.text, blocks };
}

function entry(alert: Alert, url: string | undefined): Mrkdwn {
  const name = url ? link(url, alert.id) : mrkdwn`\`${alert.id}\``;
  return join(
    [
      mrkdwn`${severityLabel(alert.severity)} · ${sentence(alert)}`,
      mrkdwn`${name} · ${date(alert.eventTime)} · account ${alert.account} · ${state(alert)}`,
    ],
    '\n',
  );
}

function state({ handling }: Alert): Mrkdwn {
  if (handling.is === 'open') return mrkdwn`*open*`;
  if (handling.is === 'acknowledged') return mrkdwn`acknowledged by ${person(handling.by)}`;
  return mrkdwn`${handling.verdict}, resolved by ${person(handling.by)}`;
}
