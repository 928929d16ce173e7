import type { ResponseRequest, Step } from '../../domain/response/request.ts';
import { type Instant, MINUTE, SECOND } from '../../domain/time.ts';
import type { IamWriter } from '../../ports/iam.ts';
import type { Handled, Job, NewJob } from '../../ports/jobs.ts';
import { move, moveOnce } from './change.ts';
import { type Footing, footingOf } from './footing.ts';
import { RESPONSE_JOB, type ResponseNeeds } from './needs.ts';
import { takeSteps } from './take-steps.ts';

/** When the account is looked at again after a containment: IAM spreads slowly, and attackers fight back. */
export const CHECKS: readonly Instant[] = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE];

/**
 * Carries out one approved request, from wherever an earlier attempt has left it. Every step is on record before
 * and after it, so that a crash between any two loses nothing and repeats nothing.
 */
export const carryOut =
  (needs: ResponseNeeds) =>
  async ({ subject }: Job, signal: AbortSignal): Promise<Handled> => {
    const request = await needs.responses.find(subject);
    if (!request) return { is: 'done' };
    if (request.state.is === 'done' || request.state.is === 'stopped') return settle(needs, request);
    if (request.state.is === 'approved') return begin(needs, request, signal);
    if (request.state.is === 'running') return proceed(needs, request, signal);
    return { is: 'done' };
  };

/** Looks before the first write: who approved, who we are, and whether all is still as it was approved for. */
async function begin(needs: ResponseNeeds, request: ResponseRequest, signal: AbortSignal): Promise<Handled> {
  if (request.mode === 'request' && request.steps.length > 0) return { is: 'done' };
  const footing = await footingOf(needs, request, signal);
  if (footing.is === 'later') return { is: 'again', at: needs.clock.now() + footing.afterMs };
  if (footing.is === 'refused') {
    const { why } = footing;
    const refused = await moveOnce(
      needs,
      request,
      { do: 'refuse', why },
      { what: 'response-refused', facts: { why } },
    );
    return refused.is === 'lost' ? lookAgain(needs) : { is: 'done' };
  }
  const started = await start(needs, request, footing);
  if (!started) return lookAgain(needs);
  return started.state.is === 'running' ? proceed(needs, started, signal) : { is: 'done' };
}

/** Somebody else has moved the request since it was read; whoever has the job now reads it anew. */
const lookAgain = ({ clock }: ResponseNeeds): Handled => ({ is: 'again', at: clock.now() });

async function start(
  needs: ResponseNeeds,
  request: ResponseRequest,
  { snapshot, steps }: Extract<Footing, { is: 'firm' }>,
) {
  const planned = request.steps.length > 0 ? request.steps : steps;
  const moved = await moveOnce(
    needs,
    request,
    { do: 'start', steps: planned, snapshot },
    {
      what: 'response-started',
      facts: { steps: planned.map(({ id }) => id) },
      line: false,
    },
  );
  return moved.is === 'done' ? moved.request : undefined;
}

/** Takes the steps that are left, then says what came of it. */
async function proceed(
  needs: ResponseNeeds,
  request: ResponseRequest,
  signal: AbortSignal,
): Promise<Handled> {
  const writer = writerFor(needs, request);
  const left = await takeSteps(needs, request, writer, signal);
  if (!left) return lookAgain(needs);
  const finished = await moveOnce(
    needs,
    left,
    { do: 'finish' },
    {
      what: left.steps.some(({ state }) => state.is === 'failed') ? 'response-stopped' : 'response-done',
      facts: tally(left.steps),
      jobs: owed(left, needs.clock.now()),
    },
  );
  if (finished.is !== 'done') return lookAgain(needs);
  return settle(needs, finished.request);
}

export function writerFor({ writers }: ResponseNeeds, { account, id }: ResponseRequest): IamWriter {
  if (!writers) throw new Error('RESPONSE_MODE is request: nothing may be written');
  return writers.open({ account, responseId: id });
}

/** What follows from the end of a request: the one that it took back is told, so that it can be asked for again. */
async function settle(needs: ResponseNeeds, request: ResponseRequest): Promise<Handled> {
  const { action, id, state, steps } = request;
  if (action.do !== 'undo') return { is: 'done' };
  const back = steps
    .filter((step) => step.state.is === 'applied' || step.state.is === 'by-hand')
    .flatMap(({ undoes }) => undoes ?? []);
  await move(
    needs,
    action.of,
    { do: 'taken-back', by: id, ok: state.is === 'done', steps: back },
    { what: 'response-undone', facts: { by: id, steps: back }, line: false },
  );
  return { is: 'done' };
}

/** Jobs that a finished request still owes: looks at what it did, and steps that must wait. */
function owed({ id, action, steps }: ResponseRequest, now: Instant): NewJob[] {
  const late = steps.flatMap(({ state, notBefore }) =>
    state.is === 'planned' && notBefore !== undefined ? [notBefore] : [],
  );
  const jobs: NewJob[] =
    late.length > 0
      ? [{ id: `${RESPONSE_JOB.late}:${id}`, kind: RESPONSE_JOB.late, subject: id, dueAt: Math.min(...late) }]
      : [];
  if (action.do === 'disable-user' && steps.some(({ state }) => state.is === 'applied')) {
    jobs.push({
      id: `${RESPONSE_JOB.check}:${id}`,
      kind: RESPONSE_JOB.check,
      subject: id,
      dueAt: now + (CHECKS[0] ?? 0),
    });
  }
  return jobs;
}

function tally(steps: readonly Step[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of steps) counts[state.is] = (counts[state.is] ?? 0) + 1;
  return counts;
}
