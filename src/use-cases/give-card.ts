import type { AlertId } from '../domain/alert.ts';
import type { AuditStore, Clock, Doer, JobStore, MessageStore } from '../ports.ts';
import { REMIND_JOB } from './remind.ts';

interface Needs {
  messages: Pick<MessageStore, 'wantCard'>;
  jobs: Pick<JobStore, 'add'>;
  clock: Clock;
  wake: () => void;
}

/** Has the card of an alert drawn that only stood in a digest; it reminds from then on as any other does. */
export const giveCard =
  ({ messages, jobs, clock, wake }: Needs) =>
  async (alertId: AlertId): Promise<boolean> => {
    if (!(await messages.wantCard(alertId))) return false;
    await jobs.add({
      id: `${REMIND_JOB}:${alertId}`,
      kind: REMIND_JOB,
      subject: alertId,
      dueAt: clock.now(),
    });
    wake();
    return true;
  };

/** The same because a person asks for it: on record first. False when the card was wanted before. */
export type ShowCard = (wish: { alertId: AlertId; by: Doer; key: string }) => Promise<boolean>;

export const showCard =
  (needs: Needs & { audit: AuditStore }): ShowCard =>
  async ({ alertId, by, key }) => {
    await needs.audit.record({ at: needs.clock.now(), by, what: 'show-card', alertId, facts: {}, key });
    return giveCard(needs)(alertId);
  };
