import type { KnownBlock } from '@slack/types';
import type { Alert } from '../../domain/alert.ts';
import { progressOf } from '../../domain/guide.ts';
import { choicesFor } from '../../domain/response/choices.ts';
import type { ResponseRequest } from '../../domain/response/request.ts';
import { seenFor } from '../../domain/seen.ts';
import type { Rule } from '../../rules/rule.ts';
import { canBeExempted } from '../../use-cases/exception/needs.ts';
import { actions, button, context, fields, header, option, overflow, section } from '../blocks.ts';
import { consoleLinks } from '../console-links.ts';
import type { Drawn } from '../drawn.ts';
import { ACTION, type MenuChoice, pack } from '../ids.ts';
import { code, join, link, type Mrkdwn, mrkdwn } from '../text.ts';
import { factFields } from './facts.ts';
import { type Companions, companionBlocks, riskBlocks } from './risk.ts';
import { fullSentence, sentence, severityLabel, severityWord } from './sentence.ts';
import { severityBar } from './severity-bar.ts';
import { statusLines } from './status-line.ts';
import { warnings } from './warnings.ts';

/** What a card shows beside the alert itself. */
interface Around {
  version: number;
  responses: readonly ResponseRequest[];
  revokeSessions: boolean;
  companions: Companions;
  /** Of a copy: where the card with the thread is, once it is posted. */
  original?: string;
}

/** The alert as the channel sees it. Block ids carry the version, since Slack wants new ones at each update. */
export function card(
  alert: Alert,
  rule: Rule,
  { version, responses, revokeSessions, companions, original }: Around,
): Drawn {
  const id = (name: string): string => `card.${name}.${version}`;
  const { cause } = alert;
  const caution = warnings(alert);
  const headline = cause.is === 'match' ? rule.wording.headline : 'CloudTrail record that could not be read';
  const blocks: KnownBlock[] = [
    header(`${severityLabel(alert.severity)} · ${headline}`, id('headline')),
    section(fullSentence(alert), { block_id: id('sentence') }),
    ...(caution.length > 0 ? [section(join(caution.slice(0, 6), '\n'), { block_id: id('warnings') })] : []),
    ...riskBlocks(alert, rule, id),
    ...companionBlocks(companions, id, link),
    ...(original
      ? [
          context(
            [mrkdwn`↗️ The thread is under ${link(original, 'the card in its own channel')}.`],
            id('original'),
          ),
        ]
      : []),
    section(statusLines(alert, responses), { block_id: id('status') }),
    context([progress(alert, rule)], id('guide')),
    actions(buttons(alert, { revokeSessions }), id('actions')),
  ];
  const facts: KnownBlock[] = [
    ...(cause.is === 'match' ? [fields(factFields(cause.event, alert.environment), id('facts'))] : []),
    context([footer(alert, rule)], id('rule')),
  ];
  const colour = alert.handling.is === 'resolved' ? 'resolved' : alert.severity;
  return { text: push(alert).text, blocks, attachments: severityBar(colour, facts, inShort(alert)) };
}

/** The facts where their blocks can't be shown. */
function inShort({ id, account, environment, cause }: Alert): Mrkdwn {
  const place = mrkdwn`${environment?.name ?? account} · ${id}`;
  if (cause.is === 'unreadable') return place;
  const { actor, sourceAddress } = cause.event;
  return mrkdwn`By ${code(actor.name, 128)} from ${code(sourceAddress.text || 'an address not told', 100)} in ${place}`;
}

/** What the phone shows. */
function push(alert: Alert): Mrkdwn {
  const done = alert.handling.is === 'open' ? '' : ` (${alert.handling.is})`;
  return mrkdwn`${severityWord(alert.severity)}${done}: ${sentence(alert)} in ${alert.environment?.name ?? alert.account} · ${alert.id}`;
}

function footer(alert: Alert, rule: Rule): Mrkdwn {
  const links = alert.cause.is === 'match' ? consoleLinks(alert.cause.event, alert.cause) : {};
  return join(
    [
      link(rule.url, rule.name),
      mrkdwn`rule: ${rule.severity} · ${rule.riskScore}`,
      links.subject ? link(links.subject, `${rule.subject.kind} in AWS`) : undefined,
      links.object ? link(links.object, `${rule.object.kind} in AWS`) : undefined,
      links.event ? link(links.event, 'event in CloudTrail') : undefined,
      mrkdwn`\`${alert.id}\``,
    ],
    ' · ',
  );
}

function progress(alert: Alert, rule: Rule): Mrkdwn {
  const { answered, total } = progressOf(rule.guide, alert.guide);
  const opened = alert.guideOpenedBy ? '' : ' · not opened yet';
  return mrkdwn`Guide ${'▰'.repeat(answered)}${'▱'.repeat(total - answered)} ${answered} of ${total}${opened}`;
}

function buttons(alert: Alert, setting: { revokeSessions: boolean }) {
  const { id, handling } = alert;
  const resolved = handling.is === 'resolved';
  const choice = (text: string, what: MenuChoice, seen = '') => option(text, pack(what, id, seen));
  const menu = resolved
    ? [
        choice('Reopen', 'reopen'),
        ...(canBeExempted(alert) ? [choice('Add an exception…', 'exception')] : []),
        choice('Raw event', 'raw'),
      ]
    : [
        choice('Assign to me', 'assign-me', seenFor({ do: 'assign' }, alert)),
        choice('Assign to…', 'assign'),
        choice('Snooze…', 'snooze'),
        choice('Resolve…', 'resolve'),
        choice('Raw event', 'raw'),
      ];
  return [
    ...(handling.is === 'open' ? [button('Acknowledge', ACTION.acknowledge, id, { style: 'primary' })] : []),
    ...(alert.guideOpenedBy ? [] : [button('Open guide', ACTION.openGuide, id)]),
    ...(!resolved && choicesFor(alert, setting).length > 0
      ? [
          button('Request disablement', ACTION.requestDisablement, id, {
            style: 'danger',
            accessibility_label: 'Request disablement of the user, or another response',
          }),
        ]
      : []),
    overflow(ACTION.menu, menu),
  ];
}
