import type { Alert } from '../../../domain/alert.ts';
import { section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { date, join, link, type Mrkdwn, mrkdwn, person } from '../../text.ts';
import { sentence, severityLabel } from '../sentence.ts';
import { type Paging, turns } from './pages.ts';

interface Page extends Paging {
  title: string;
  alerts: readonly Alert[];
  linkOf: (alert: Alert) => string | undefined;
}

/** A page of alerts, two lines each. */
export function listAnswer({ title, alerts, linkOf, ...paging }: Page): Drawn {
  const { total } = paging;
  const head = mrkdwn`*${title}*: ${total === 0 ? 'none' : total}`;
  return {
    text: head.text,
    blocks: [section(head), ...alerts.map((alert) => section(entry(alert, linkOf(alert)))), ...turns(paging)],
  };
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
