import type { Handled, Job } from '../../ports/jobs.ts';
import { move } from './change.ts';
import type { ResponseNeeds } from './needs.ts';

/** A request that nobody decided in time ends, so that an old one can't be approved by mistake. */
export const expire =
  (needs: Pick<ResponseNeeds, 'responses' | 'clock' | 'wake'>) =>
  async ({ subject }: Job): Promise<Handled> => {
    const request = await needs.responses.find(subject);
    if (request?.state.is !== 'pending') return { is: 'done' };
    if (needs.clock.now() < request.state.expiresAt) return { is: 'again', at: request.state.expiresAt };
    await move(needs, subject, { do: 'expire' }, { what: 'response-expired' });
    return { is: 'done' };
  };
