import { drift, newcomers } from '../../domain/response/afterwards.ts';
import type { Finding, ResponseRequest, Step, StepState } from '../../domain/response/request.ts';
import type { UserSnapshot } from '../../domain/response/snapshot.ts';
import { SECOND } from '../../domain/time.ts';
import { SourceFailure } from '../../ports/cloudtrail.ts';
import type { Handled, Job } from '../../ports/jobs.ts';
import { CHECKS, writerFor } from './carry-out.ts';
import { moveOnce } from './change.ts';
import type { ResponseNeeds } from './needs.ts';
import { snapshotOf } from './snapshot-of.ts';
import { save } from './take-steps.ts';

/**
 * Looks at a contained user again: what was undone behind our back is done once more, what came up new is told,
 * and so are role sessions that the user opened and that a deny on the user doesn't reach.
 */
export const check =
  (needs: ResponseNeeds) =>
  async ({ subject }: Job, signal: AbortSignal): Promise<Handled> => {
    const request = await needs.responses.find(subject);
    if (!request?.snapshot || !('user' in request.snapshot)) return { is: 'done' };
    if (request.state.is !== 'done' && request.state.is !== 'stopped') return { is: 'done' };
    const seen = await look(needs, request, request.snapshot.user, signal);
    if (!seen) return { is: 'again', at: needs.clock.now() + SECOND };
    const { left, findings } = seen;
    const fresh = findings.filter((one) => !left.findings.some((known) => sameFinding(known, one)));
    const moved = await moveOnce(
      needs,
      left,
      { do: 'checked', findings: fresh },
      {
        what: fresh.length > 0 ? 'response-finding' : 'response-checked',
        facts: {
          check: left.checks.made + 1,
          findings: fresh.map(({ is, what, detail }) => ({ is, what, detail })),
        },
        line: fresh.length > 0,
      },
    );
    if (moved.is === 'lost') return { is: 'again', at: needs.clock.now() + SECOND };
    if (moved.is !== 'done') return { is: 'done' };
    const next = CHECKS[moved.request.checks.made];
    return next === undefined ? { is: 'done' } : { is: 'again', at: request.state.at + next };
  };

interface Seen {
  left: ResponseRequest;
  findings: Finding[];
}

/** What stands now against what was done. Nothing when somebody else moved the request meanwhile. */
async function look(
  needs: ResponseNeeds,
  request: ResponseRequest,
  before: UserSnapshot,
  signal: AbortSignal,
): Promise<Seen | undefined> {
  const at = needs.clock.now();
  try {
    const now = await snapshotOf(needs, request, signal);
    if (now === 'gone') return { left: request, findings: [{ at, is: 'new', what: 'the user was deleted' }] };
    if (!('userId' in now)) return { left: request, findings: [] };
    if (now.userId !== before.userId) {
      const detail = `${now.userId} instead of ${before.userId}: it is another user, and was not touched`;
      return {
        left: request,
        findings: [{ at, is: 'new', what: 'a user was created again under this name', detail }],
      };
    }
    const interrupted = request.steps.filter(({ state }) => state.is === 'applying');
    const mended = await mend(needs, request, [...interrupted, ...drift(request, now)], signal);
    if (!mended) return undefined;
    const sessions = await needs.sessionsOf(now.user, request.at, signal);
    return {
      left: mended.left,
      findings: [
        ...mended.findings,
        ...newcomers(before, now, request.steps).map((one) => ({ at, is: 'new' as const, ...one })),
        ...sessions.map((what) => ({ at, is: 'session' as const, what })),
      ],
    };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return { left: request, findings: [{ at, is: 'unreadable', what: error.message }] };
  }
}

/** Does again what no longer stands; without write access it can only tell. */
async function mend(
  needs: ResponseNeeds,
  request: ResponseRequest,
  drifted: readonly Step[],
  signal: AbortSignal,
): Promise<Seen | undefined> {
  const findings: Finding[] = [];
  let left = request;
  for (const step of drifted) {
    const what = `${step.operation.call} ${'id' in step.operation ? step.operation.id : ''}`.trim();
    if (request.mode !== 'execute') {
      findings.push({ at: needs.clock.now(), is: 'drifted', what });
      continue;
    }
    const mended = await doAgain(needs, left, step, signal);
    if (!mended) return undefined;
    left = mended.left;
    const { detail } = mended;
    findings.push({ at: needs.clock.now(), is: mended.done ? 'reapplied' : 'drifted', what, detail });
  }
  return { left, findings };
}

async function doAgain(
  needs: ResponseNeeds,
  request: ResponseRequest,
  step: Step,
  signal: AbortSignal,
): Promise<{ left: ResponseRequest; done: boolean; detail?: string } | undefined> {
  const { state } = step;
  const preexisting = state.is === 'preexisting' || (state.is === 'applying' && state.preexisting === true);
  // Saved before the write: a request that takes this one back may have begun meanwhile, and then wins.
  const applying = { is: 'applying', at: needs.clock.now(), preexisting } as const;
  const begun = await save(needs, request, step, applying, { outcome: 'to be done again' });
  if (!begun) return undefined;
  const performed = await writerFor(needs, request).perform(step.operation, signal);
  const done = performed.is === 'done';
  const at = needs.clock.now();
  const reapplied = state.is === 'applied' ? (state.reapplied ?? 0) + 1 : 1;
  const awsRequestId = done ? performed.awsRequestId : undefined;
  const stands: StepState = preexisting
    ? { is: 'preexisting', at }
    : { is: 'applied', at, requestId: awsRequestId, reapplied };
  const after: StepState = done ? stands : { is: 'failed', at, why: performed.why };
  const left = await save(
    needs,
    begun,
    step,
    after,
    { outcome: performed.is, reapplied },
    undefined,
    awsRequestId,
  );
  return left && { left, done, detail: done ? timesBefore(reapplied) : performed.why };
}

const timesBefore = (reapplied: number): string | undefined =>
  reapplied > 1 ? `${reapplied} times by now` : undefined;

/** The same thing is told once; what was done again is told each time. */
function sameFinding(known: Finding, one: Finding): boolean {
  return one.is !== 'reapplied' && known.is === one.is && known.what === one.what;
}
