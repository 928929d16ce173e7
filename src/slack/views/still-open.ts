import type { Alert } from '../../domain/alert.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import { type Instant, spanInWords } from '../../domain/time.ts';
import type { Unresolved } from '../../ports/alerts.ts';
import { context } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { COMMAND } from '../ids.ts';
import { join, link, type Mrkdwn, mrkdwn, person } from '../text.ts';
import { listed } from './response/listed.ts';
import { sentence, severityLabel } from './sentence.ts';

/** Names of AWS may be long and hostile: so much of them fits into a message. */
const BUDGET = 8_000;

/** How many alerts nobody has resolved, by severity, the gravest first. */
export function unresolvedWords(counts: Unresolved): Mrkdwn {
  const parts = SEVERITIES.toReversed().flatMap((severity) => {
    const { open, acknowledged } = counts[severity];
    const all = open + acknowledged;
    return all === 0 ? [] : [mrkdwn`${all} ${severity}`];
  });
  const nobody = SEVERITIES.reduce((sum, severity) => sum + counts[severity].open, 0);
  const whose = nobody === 0 ? 'all of them acknowledged' : `nobody has acknowledged ${nobody} of them`;
  return mrkdwn`${join(parts, ', ')}; ${whose}`;
}

/** What nobody has resolved at a time of the day: how many, and the gravest of them. */
export function stillOpen(
  { at, counts }: { at: Instant; counts: Unresolved },
  alerts: readonly Alert[],
  linkOf: (alert: Alert) => string | undefined,
): Drawn {
  const all = SEVERITIES.reduce((sum, one) => sum + counts[one].open + counts[one].acknowledged, 0);
  const head = mrkdwn`🗒️ *Still open: ${all} ${all === 1 ? 'alert' : 'alerts'}.* ${unresolvedWords(counts)}.`;
  const more = (left: number): Mrkdwn => mrkdwn`… and ${left} more`;
  const lines = alerts.map((alert) => entry(alert, at, linkOf(alert)));
  return {
    text: head.text,
    blocks: [
      ...listed(head, lines, { budget: BUDGET, more, id: (part) => `still-open.${part}` }),
      ...(all > alerts.length
        ? [context([mrkdwn`The ${alerts.length} gravest; all of them: \`${COMMAND} open\``])]
        : []),
    ],
  };
}

function entry(alert: Alert, now: Instant, url: string | undefined): Mrkdwn {
  const { handling, assignee, snooze } = alert;
  const name = url ? link(url, alert.id) : mrkdwn`\`${alert.id}\``;
  const who = assignee?.to ?? (handling.is === 'acknowledged' ? handling.by : undefined);
  const state = who === undefined ? mrkdwn`*nobody has it*` : mrkdwn`${person(who)} has it`;
  const asleep = snooze ? ', snoozed' : '';
  return mrkdwn`${severityLabel(alert.severity)} · ${sentence(alert)} · ${name} · ${spanInWords(now - alert.raisedAt)} · ${state}${asleep}`;
}
