import { type Instant, MINUTE } from '../domain/time.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { MessageStore } from '../ports/messages.ts';

/** Kind of the job that tells it. Stored: don't rename. */
export const STILL_OPEN_JOB = 'summary.still-open';

/** A summary names so many; the others are counted. */
const NAMED = 10;

interface Needs {
  alerts: AlertStore;
  messages: MessageStore;
  channel: string;
  redraw: () => void;
}

/** Tells the channel what nobody has resolved, the gravest by name; says nothing when there is nothing. */
export const tellStillOpen =
  ({ alerts, messages, channel, redraw }: Needs) =>
  async (at: Instant): Promise<void> => {
    const { alerts: gravest, total } = await alerts.worklist({ limit: NAMED, offset: 0 });
    if (total === 0) return;
    const counts = await alerts.countUnresolved();
    const notice = { is: 'still-open', at, counts, alerts: gravest.map(({ id }) => id) } as const;
    await messages.notify(`notice:still-open:${Math.floor(at / MINUTE)}`, channel, notice, at);
    redraw();
  };
