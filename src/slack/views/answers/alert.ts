import type { Alert } from '../../../domain/alert.ts';
import type { ResponseRequest } from '../../../domain/response/request.ts';
import type { AuditEntry } from '../../../ports/audit.ts';
import type { Rule } from '../../../rules/rule.ts';
import { actions, button, context, fields, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { ACTION } from '../../ids.ts';
import { date, join, link, Mrkdwn, mrkdwn } from '../../text.ts';
import { factFields } from '../facts.ts';
import { line } from '../line.ts';
import { fullSentence, severityLabel } from '../sentence.ts';
import { statusLines } from '../status-line.ts';

/** One alert with the latest of its history, oldest first. */
export function alertAnswer(
  alert: Alert,
  rule: Rule,
  about: {
    history: readonly AuditEntry[];
    responses: readonly ResponseRequest[];
    permalink?: string;
    /** It stands in a digest only. */
    digested?: boolean;
  },
): Drawn {
  const { history, responses, permalink, digested = false } = about;
  const entries = history.map((entry) => {
    const said =
      entry.what === 'raised'
        ? 'Alert raised.'
        : line(alert, entry, rule, { approvers: [], mention: { who: [], from: 'never' } }).text;
    return join([date(entry.at), Mrkdwn.trusted(said.split('\n')[0] ?? '')], ' ');
  });
  const head = mrkdwn`${severityLabel(alert.severity)} · ${permalink ? link(permalink, alert.id) : alert.id}`;
  return {
    text: head.text,
    blocks: [
      section(join([head, fullSentence(alert)], '\n')),
      section(statusLines(alert, responses)),
      ...(alert.cause.is === 'match' ? [fields(factFields(alert.cause.event, alert.environment))] : []),
      ...entries.map((entry) => context([entry])),
      ...(digested ? [actions([button('Show card', ACTION.showCard, alert.id)])] : []),
    ],
  };
}
