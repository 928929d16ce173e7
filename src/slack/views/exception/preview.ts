import type { ModalView } from '@slack/types';
import type { Alert } from '../../../domain/alert.ts';
import type { Exception } from '../../../domain/exception.ts';
import type { Hidden } from '../../../use-cases/exception/wish.ts';
import { context, modal, section } from '../../blocks.ts';
import { MODAL } from '../../ids.ts';
import { code, date, join, label, type Mrkdwn, mrkdwn, person, prose } from '../../text.ts';
import { listed } from '../response/listed.ts';
import { sentence, severityLabel } from '../sentence.ts';
import { VERDICT_WORDS } from '../status-line.ts';
import { conditionList } from './conditions.ts';

interface Setting {
  approvers: readonly string[];
  /** What the form behind it said, to be sent along. */
  carries: string;
}

const BUDGET = 12_000;

/** Names what the exception would have hidden, before it is saved. */
export function exceptionPreview(
  exception: Exception,
  hidden: Hidden,
  { approvers, carries }: Setting,
): ModalView {
  const { conditions, reason, expiresAt, state } = exception;
  return modal(
    'What it would hide',
    [
      section(mrkdwn`*No alert until* ${date(expiresAt)} *for an addition with*`),
      ...conditionList(conditions).map((condition) => section(condition)),
      section(mrkdwn`*Because* ${prose(reason)}`),
      ...attacks(hidden),
      ...listed(heading(hidden), hidden.alerts.map(alertLine), {
        budget: BUDGET,
        more: (left) => mrkdwn`… and ${left} more.`,
        id: (part) => `exception.hidden.${part}`,
      }),
      context([
        state.is === 'pending'
          ? mrkdwn`It exempts nothing until another person approves it: ${join(approvers.map(person), ' ')} will be asked in the thread.`
          : mrkdwn`It is in force as soon as it is saved. What it exempts is still stored and counted.`,
      ]),
    ],
    {
      callback_id: MODAL.exceptionPreview,
      private_metadata: carries,
      submit: label('Save'),
      close: label('Back'),
    },
  );
}

function heading({ alerts, looked, of }: Hidden): Mrkdwn {
  const count =
    alerts.length === 0
      ? mrkdwn`It would have hidden none of the alerts of the last 90 days.`
      : mrkdwn`It would have hidden *${alerts.length}* of the alerts of the last 90 days:`;
  return looked < of ? mrkdwn`${count} (Looked at the latest ${looked} of ${of}.)` : count;
}

/** What people found to be real must not be called known behaviour by mistake. */
function attacks({ alerts }: Hidden) {
  const real = alerts.filter(
    ({ handling }) => handling.is === 'resolved' && handling.verdict === 'true-positive',
  );
  return real.length === 0
    ? []
    : [section(mrkdwn`⚠️ *${real.length} of them turned out to be true positives:* narrow the conditions.`)];
}

function alertLine(alert: Alert): Mrkdwn {
  const { handling, severity, eventTime, id } = alert;
  const state = handling.is === 'resolved' ? VERDICT_WORDS[handling.verdict] : handling.is;
  return mrkdwn`• ${severityLabel(severity)} · ${sentence(alert)} · ${date(eventTime)} · ${state} · ${code(id)}`;
}
