import { actorKey } from '../../domain/actor.ts';
import type { Alert } from '../../domain/alert.ts';
import { say, strong, utc } from '../../domain/answer.ts';
import { DAY } from '../../domain/time.ts';
import type { About, FindAnswer, FindNeeds } from './finder.ts';

const SPAN = 2 * DAY;
const MOST = 200;

/** What else actor and added user have set off around then, by our own alerts. */
export const findRelatedAlerts =
  ({ alerts, clock }: FindNeeds): FindAnswer =>
  async (about) => {
    const related = await relatedTo(about, { alerts });
    const open = related.filter(({ handling }) => handling.is !== 'resolved').length;
    const bad = related.filter(
      ({ handling }) => handling.is === 'resolved' && handling.verdict === 'true-positive',
    ).length;
    return {
      at: clock.now(),
      source: "Groupwatch's own alerts, 48 hours before and after",
      short: [
        related.length === 0
          ? say`No other alert about the actor or the added user`
          : say`${strong(related.length)} other alerts about the actor or the added user: ${open} not resolved, ${bad} true positives`,
      ],
      more: [],
      table: related.length === 0 ? undefined : { columns: COLUMNS, rows: related.map(rowOf) },
      missing: [],
    };
  };

async function relatedTo(
  { alert, event, subject }: About,
  { alerts }: Pick<FindNeeds, 'alerts'>,
): Promise<Alert[]> {
  const common = {
    account: alert.account,
    occurred: { from: alert.eventTime - SPAN, to: alert.eventTime + SPAN },
    limit: MOST,
    offset: 0,
  };
  const pages = await Promise.all([
    alerts.search({ ...common, actor: actorKey(event.actor) }),
    ...(subject === undefined
      ? []
      : [alerts.search({ ...common, subject }), alerts.search({ ...common, actor: subject })]),
  ]);
  const all = new Map(pages.flatMap((page) => page.alerts.map((one) => [one.id, one])));
  all.delete(alert.id);
  return [...all.values()].sort((a, b) => b.eventTime - a.eventTime);
}

const COLUMNS = ['Alert', 'When (UTC)', 'Severity', 'Actor', 'User', 'Group', 'State'];

function rowOf({ id, eventTime, severity, cause, handling }: Alert): string[] {
  const state = handling.is === 'resolved' ? handling.verdict : handling.is;
  const match = cause.is === 'match' ? cause : undefined;
  const named = (text: string | undefined): string => text ?? '-';
  return [
    id,
    utc(eventTime),
    severity,
    named(match?.event.actor.human?.name ?? match?.event.actor.name),
    named(match?.subject),
    named(match?.object),
    state,
  ];
}
