import { actorKey } from '../domain/actor.ts';
import type { Alert } from '../domain/alert.ts';
import { HOUR } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { PermalinkOf } from './permalink.ts';
import type { Companions } from './views/risk.ts';

const MOST = 4;
const NONE: Companions = { total: 0, shown: [] };

/** Alerts of the same actor and group within an hour before or after. */
export async function companionsOf(
  alert: Alert,
  { alerts, permalinkOf }: { alerts: AlertStore; permalinkOf: PermalinkOf },
): Promise<Companions> {
  if (alert.cause.is !== 'match' || alert.cause.object === undefined) return NONE;
  const { event, object } = alert.cause;
  const found = await alerts.search({
    actor: actorKey(event.actor),
    object,
    account: alert.account,
    occurred: { from: alert.eventTime - HOUR, to: alert.eventTime + HOUR },
    limit: MOST + 1,
    offset: 0,
  });
  const others = found.alerts.filter(({ id }) => id !== alert.id).slice(0, MOST);
  const shown = others.map(async ({ id: alertId, cause }) => ({
    alertId,
    user: cause.is === 'match' ? cause.subject : undefined,
    url: await permalinkOf(alertId),
  }));
  return { total: Math.max(0, found.total - 1), shown: await Promise.all(shown) };
}
