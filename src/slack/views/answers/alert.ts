import type { Alert } from '../../../domain/alert.ts';
import type { Entry } from '../../../ports.ts';
import type { Rule } from '../../../rules/rule.ts';
import { context, fields, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { date, join, link, Mrkdwn, mrkdwn } from '../../text.ts';
import { factFields } from '../facts.ts';
import { line } from '../line.ts';
import { fullSentence, severityLabel } from '../sentence.ts';
import { statusLines } from '../status-line.ts';

const SHOWN_ENTRIES = 15;

/** One alert with its latest history. */
export function alertAnswer(alert: Alert, rule: Rule, history: readonly Entry[], permalink?: string): Drawn {
  const latest = history.slice(-SHOWN_ENTRIES);
  const entries = latest.map((entry) => {
    const said = entry.what === 'raised' ? 'Alert raised.' : line(alert, entry, rule, { approvers: [] }).text;
    return join([date(entry.at), Mrkdwn.trusted(said.split('\n')[0] ?? '')], ' ');
  });
  const head = mrkdwn`${severityLabel(alert.severity)} · ${permalink ? link(permalink, alert.id) : alert.id}`;
  return {
    text: head.text,
    blocks: [
      section(join([head, fullSentence(alert)], '\n')),
      section(statusLines(alert)),
      ...(alert.cause.is === 'match' ? [fields(factFields(alert.cause.event))] : []),
      ...entries.map((entry) => context([entry])),
    ],
  };
}
