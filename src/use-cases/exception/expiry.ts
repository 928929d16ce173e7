import { isLive } from '../../domain/exception/lifecycle.ts';
import type { Handled, Job } from '../../ports/jobs.ts';
import { move } from './change.ts';
import type { ExceptionNeeds } from './needs.ts';

/** Ends an exception whose time is over, whether it was ever approved or not. */
export const expireException =
  (needs: ExceptionNeeds) =>
  async ({ subject }: Job): Promise<Handled> => {
    const exception = await needs.exceptions.find(subject);
    if (!exception || !isLive(exception)) return { is: 'done' };
    if (needs.clock.now() < exception.expiresAt) return { is: 'again', at: exception.expiresAt };
    const key = `exception-expired:${subject}`;
    await move(needs, subject, { do: 'expire' }, { what: 'exception-expired', key });
    return { is: 'done' };
  };

/** Tells the channel that an exception ends soon. On record first; both have one effect when done again. */
export const announceExpiry =
  ({ exceptions, audit, messages, channel, clock, wake }: ExceptionNeeds) =>
  async ({ subject: id }: Job): Promise<Handled> => {
    const exception = await exceptions.find(id);
    const at = clock.now();
    if (exception?.state.is !== 'active' || at >= exception.expiresAt) return { is: 'done' };
    const { alertId, conditions, reason, by, expiresAt, hits } = exception;
    const facts = { exception: id, expiresAt };
    await audit.record({ at, what: 'exception-expires', alertId, facts, key: `exception-expires:${id}` });
    await messages.notify(
      `notice:exception:${id}`,
      channel,
      { is: 'exception-expires', exceptionId: id, conditions, reason, by, expiresAt, hits },
      at,
    );
    wake();
    return { is: 'done' };
  };
