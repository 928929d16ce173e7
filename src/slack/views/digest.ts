import type { Alert } from '../../domain/alert.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import type { Digest } from '../../ports/messages.ts';
import { ruleOf } from '../../rules/catalogue.ts';
import { context, header, section } from '../blocks.ts';
import type { Drawn } from '../drawn.ts';
import { COMMAND } from '../ids.ts';
import { code, date, join, type Mrkdwn, mrkdwn } from '../text.ts';
import { listed } from './response/listed.ts';
import { accountName, actorWords, severityLabel, severityWord } from './sentence.ts';
import { severityBar } from './severity-bar.ts';

/** Names of AWS may be long and hostile: so much of them fits into a message. */
const BUDGET = 8_000;
const MOST_GROUPS = 5;

/** Alerts of one actor that have no card of their own: how many, how grave, and as many names as there is room for. */
export function digestCard(
  { id }: Digest,
  alerts: readonly Alert[],
  { version }: { version: number },
): Drawn {
  const ranked = alerts.toSorted(
    (one, other) => other.riskScore - one.riskScore || one.eventTime - other.eventTime,
  );
  const [gravest] = ranked;
  if (!gravest) return { text: `Digest ${id}: its alerts are not kept any more.`, blocks: [] };
  const block = (name: string): string => `digest.${name}.${version}`;
  const who = gravest.cause.is === 'match' ? actorWords(gravest.cause.event.actor) : mrkdwn`CloudTrail`;
  const many = alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`;
  const head = mrkdwn`${who}: *${many}* at once, between ${date(earliest(alerts))} and ${date(latest(alerts))}, in ${accountName(gravest)}. That is more than the channel is to see a card of each.`;
  return {
    text: mrkdwn`${severityWord(gravest.severity)}: ${many} by ${who} at once · ${id}`.text,
    blocks: [
      header(`${severityLabel(gravest.severity)} · ${many} at once`, block('headline')),
      section(head, { block_id: block('sentence') }),
      section(counts(alerts), { block_id: block('counts') }),
      ...listed(mrkdwn`*The riskiest*`, ranked.map(entry), {
        budget: BUDGET,
        more: (left) => mrkdwn`… and ${left} more`,
        id: (part) => block(`names-${part}`),
      }),
    ],
    attachments: severityBar(
      alerts.every(({ handling }) => handling.is === 'resolved') ? 'resolved' : gravest.severity,
      [
        context(
          [
            mrkdwn`All of them are in the file in the thread, and in \`${COMMAND} open\`. \`${COMMAND} alert ID\` shows one, and gives it a card. Those that turn out to be high or critical get one by themselves.`,
            mrkdwn`\`${id}\``,
          ],
          block('how'),
        ),
      ],
      mrkdwn`All of them are in the file in the thread · ${id}`,
    ),
  };
}

const earliest = (alerts: readonly Alert[]): number =>
  alerts.reduce((least, one) => Math.min(least, one.eventTime), Number.POSITIVE_INFINITY);
const latest = (alerts: readonly Alert[]): number =>
  alerts.reduce((most, one) => Math.max(most, one.eventTime), 0);

function counts(alerts: readonly Alert[]): Mrkdwn {
  const by = (is: (alert: Alert) => boolean): number => alerts.filter(is).length;
  const severities = SEVERITIES.toReversed().flatMap((severity) => {
    const count = by((alert) => alert.severity === severity);
    return count === 0 ? [] : [mrkdwn`${count} ${severity}`];
  });
  const state = (is: Alert['handling']['is']): number => by(({ handling }) => handling.is === is);
  return join(
    [
      mrkdwn`*Severity* ${join(severities, ', ')}`,
      mrkdwn`*State* ${state('open')} open, ${state('acknowledged')} acknowledged, ${state('resolved')} resolved`,
      groups(alerts),
    ],
    '\n',
  );
}

/** What most of them are about; nothing where no record names it. */
function groups(alerts: readonly Alert[]): Mrkdwn | undefined {
  const all = Map.groupBy(alerts, ({ cause }) => (cause.is === 'match' ? (cause.object ?? '') : ''));
  all.delete('');
  if (all.size === 0) return undefined;
  const most = [...all].sort(([, one], [, other]) => other.length - one.length);
  const shown = most.slice(0, MOST_GROUPS).map(([name, of]) => mrkdwn`${code(name, 128)} × ${of.length}`);
  const left = most.length - shown.length;
  return mrkdwn`*${all.size === 1 ? 'Group' : 'Groups'}* ${join(shown, ', ')}${left > 0 ? `, and ${left} more` : ''}`;
}

function entry({ id, severity, ruleId, cause }: Alert): Mrkdwn {
  if (cause.is === 'unreadable')
    return mrkdwn`${severityLabel(severity)} · a record that could not be read · \`${id}\``;
  const { wording } = ruleOf(ruleId);
  return mrkdwn`${severityLabel(severity)} · ${code(cause.subject ?? 'not named', 128)} ${wording.preposition} ${code(cause.object ?? 'not named', 128)} · \`${id}\``;
}
