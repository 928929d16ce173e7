import type { AuditEntry, Doer } from '../../../ports/audit.ts';
import { context, section } from '../../blocks.ts';
import type { Drawn } from '../../drawn.ts';
import { code, date, join, type Mrkdwn, mrkdwn, person } from '../../text.ts';
import { type Paging, turns } from './pages.ts';

interface History extends Paging {
  alertId: string;
  entries: readonly AuditEntry[];
}

/** What is on record about one alert, newest first: when, who, what, from which state to which. */
export function auditAnswer({ alertId, entries, ...paging }: History): Drawn {
  const { total } = paging;
  const head = mrkdwn`*Audit log of the alert ${code(alertId, 40)}*: ${total === 0 ? 'nothing' : total}`;
  return {
    text: head.text,
    blocks: [
      section(head),
      ...entries.map((entry) => section(lines(entry))),
      ...turns(paging),
      context([mrkdwn`Whether it is as it was written: ${code('npm run audit -- verify')}`]),
    ],
  };
}

function lines({ sequence, at, by, what, from, to, facts, responseId }: AuditEntry): Mrkdwn {
  const told = JSON.stringify(facts);
  return join(
    [
      mrkdwn`#${sequence} · ${date(at)} · ${by ? doer(by) : 'Groupwatch'}`,
      join(
        [
          mrkdwn`*${what}*`,
          movement(from, to),
          responseId !== undefined && mrkdwn`request ${code(responseId, 40)}`,
          told !== '{}' && code(told, 100),
        ],
        ' · ',
      ),
    ],
    '\n',
  );
}

/** The name is what they called themselves then; the id is what Slack verified. */
function doer({ id, name, team }: Doer): Mrkdwn {
  const from = join([code(id, 20), team !== undefined && code(team, 20)], ' of ');
  return mrkdwn`${person(id)} (${name === undefined ? '' : mrkdwn`${code(name, 40)}, `}${from})`;
}

function movement(from: string | undefined, to: string | undefined): Mrkdwn | undefined {
  if (from !== undefined && to !== undefined && from !== to) return mrkdwn`${from} → ${to}`;
  const state = to ?? from;
  return state === undefined ? undefined : mrkdwn`${state}`;
}
