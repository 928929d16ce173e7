import type { Handled, Job } from '../../ports/jobs.ts';
import { writerFor } from './carry-out.ts';
import type { ResponseNeeds } from './needs.ts';
import { takeSteps } from './take-steps.ts';

/** Takes the steps of a finished request that had to wait, such as what keeps old sessions dead for 36 hours. */
export const lateStep =
  (needs: ResponseNeeds) =>
  async ({ subject }: Job, signal: AbortSignal): Promise<Handled> => {
    const request = await needs.responses.find(subject);
    if (!request || request.state.is === 'running') return { is: 'done' };
    const left = await takeSteps(needs, request, writerFor(needs, request), signal);
    if (!left) return { is: 'again', at: needs.clock.now() };
    const later = left.steps.flatMap(({ state, notBefore }) =>
      state.is === 'planned' ? [notBefore ?? 0] : [],
    );
    return later.length > 0 ? { is: 'again', at: Math.min(...later) } : { is: 'done' };
  };
