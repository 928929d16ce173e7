import type { Alert, AlertId } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import {
  type AlertStore,
  type Clock,
  type Handled,
  type IamReader,
  type Job,
  type Log,
  type NewJob,
  SourceFailure,
} from '../ports.ts';

/** Kind of the job that every new alert brings. Stored: don't rename. */
export const PIN_JOB = 'alert.pin';

/** Owed about every new alert, at once. */
export const pinJob = (alertId: AlertId, dueAt: Instant): NewJob => ({
  id: `${PIN_JOB}:${alertId}`,
  kind: PIN_JOB,
  subject: alertId,
  dueAt,
});

interface Needs {
  alerts: AlertStore;
  reader: Pick<IamReader, 'userId' | 'group'>;
  clock: Clock;
  log: Log;
  wake: () => void;
}

const ATTEMPTS = 20;

/**
 * Keeps the unique ids of the user and the group that an alert is about, as soon as it is raised: a name can be
 * given anew, and a response must never hit another one of the same name.
 */
export const pin =
  ({ alerts, reader, clock, log, wake }: Needs) =>
  async ({ subject: alertId }: Job, signal: AbortSignal): Promise<Handled> => {
    const about = aboutOf(await alerts.find(alertId));
    if (!about) return { is: 'done' };
    try {
      const userId = about.user === undefined ? 'gone' : await reader.userId(about.user, signal);
      const group = about.group === undefined ? 'gone' : await reader.group(about.group, signal);
      const pinned = {
        userId: userId === 'gone' ? undefined : userId,
        groupId: group === 'gone' ? undefined : group.id,
        at: clock.now(),
      };
      await keep(alerts, alertId, pinned);
      wake();
    } catch (error) {
      if (!(error instanceof SourceFailure) || error.trouble !== 'access-denied') throw error;
      log.debug({ alert: alertId, error: error.message }, 'the ids of user and group could not be read');
    }
    return { is: 'done' };
  };

function aboutOf(alert: Alert | undefined): { user?: string; group?: string } | undefined {
  if (alert?.cause.is !== 'match' || alert.pinned) return undefined;
  return { user: alert.cause.subject, group: alert.cause.object };
}

async function keep(
  alerts: AlertStore,
  alertId: string,
  pinned: NonNullable<Alert['pinned']>,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const alert = await alerts.find(alertId);
    if (!alert) return;
    const after = { ...alert, pinned, version: alert.version + 1 };
    const { userId, groupId } = pinned;
    const deed = {
      act: { do: 'pin', userId, groupId },
      at: pinned.at,
      key: `pin:${alertId}`,
      line: false,
    } as const;
    if ((await alerts.save(after, deed)) !== 'moved-on') return;
  }
  throw new Error(`alert ${alertId} kept changing under ${ATTEMPTS} attempts to save it`);
}
