import type { AlertId } from '../domain/alert.ts';
import type { AuditStore, Doer } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { MessageStore } from '../ports/messages.ts';
import { REMIND_JOB } from './remind.ts';

interface Needs {
  messages: Pick<MessageStore, 'wantCard'>;
  clock: Clock;
  wake: () => void;
}

/** Has the card of an alert drawn that only stood in a digest; it reminds from then on as any other does. */
export const giveCard =
  ({ messages, clock, wake }: Needs) =>
  async (alertId: AlertId): Promise<boolean> => {
    const reminder = {
      id: `${REMIND_JOB}:${alertId}`,
      kind: REMIND_JOB,
      subject: alertId,
      dueAt: clock.now(),
    };
    if (!(await messages.wantCard(alertId, [reminder]))) return false;
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
