import type { UserId } from '../person.ts';
import type { Instant } from '../time.ts';
import type { RequestId } from './action.ts';
import type { Finding, Preview, RequestState, ResponseRequest, Step, StepState } from './request.ts';

/** What moves a request. From `expire` on they are the clock's and the worker's own. */
export type Move =
  | { do: 'approve'; by: UserId }
  | { do: 'deny'; by: UserId; reason: string }
  | { do: 'withdraw'; by: UserId }
  | { do: 'retry'; by: UserId }
  /** A person has run a step's command. */
  | { do: 'mark-run'; by: UserId; step: string }
  | { do: 'expire' }
  | { do: 'refuse'; why: string }
  | { do: 'start'; steps: Step[]; snapshot?: ResponseRequest['snapshot'] }
  | { do: 'preview'; preview: Preview }
  | { do: 'step'; step: string; state: StepState; then?: Step }
  | { do: 'finish' }
  | { do: 'checked'; findings: Finding[] }
  | { do: 'take-back'; by: RequestId }
  /** `steps` are this request's own that don't stand any more. */
  | { do: 'taken-back'; by: RequestId; ok: boolean; steps: readonly string[] };

/** Why a move had no effect; `by` and `at` tell who was there before. */
export interface RequestRefusal {
  because:
    | 'already-decided'
    | 'expired'
    | 'own-request'
    | 'not-yours'
    | 'nothing-to-retry'
    | 'already-run'
    | 'not-now';
  is?: RequestState['is'];
  by?: UserId;
  at?: Instant;
}

export type RequestOutcome = { ok: true; request: ResponseRequest } | { ok: false; refusal: RequestRefusal };

/** The whole life of a request: what a move makes of it, or why it doesn't. Pure. */
export function moveRequest(move: Move, at: Instant, request: ResponseRequest): RequestOutcome {
  const { state } = request;
  switch (move.do) {
    case 'approve':
      if (move.by === request.by) return refused('own-request', request);
      if (state.is === 'pending' && at >= state.expiresAt) return refused('expired', request);
      return state.is === 'pending'
        ? moved(request, { approval: { by: move.by, at }, state: { is: 'approved', at } })
        : refused('already-decided', request);
    case 'deny':
      return state.is === 'pending'
        ? moved(request, { state: { is: 'denied', by: move.by, at, reason: move.reason } })
        : refused('already-decided', request);
    case 'withdraw':
      if (move.by !== request.by) return refused('not-yours', request);
      return state.is === 'pending'
        ? moved(request, { state: { is: 'withdrawn', by: move.by, at } })
        : refused('already-decided', request);
    case 'expire':
      return state.is === 'pending' && at >= state.expiresAt
        ? moved(request, { state: { is: 'expired', at } })
        : refused('not-now', request);
    case 'retry':
      return state.is === 'stopped'
        ? moved(request, { state: { is: 'approved', at }, steps: request.steps.map(again) })
        : refused('nothing-to-retry', request);
    case 'mark-run':
      return markRun(move.step, move.by, at, request);
    case 'refuse':
      if (state.is !== 'approved' && state.is !== 'running') return refused('not-now', request);
      return moved(request, { state: { is: touched(request) ? 'stopped' : 'refused', at, why: move.why } });
    case 'start':
      return state.is === 'approved'
        ? moved(request, {
            steps: move.steps,
            // After a retry the first one stays: it is what was before any write.
            snapshot: request.snapshot ?? move.snapshot,
            state: stateAtStart(request, move.steps, at),
          })
        : refused('not-now', request);
    case 'step':
      return moved(request, { steps: withStep(request.steps, move.step, move.state, move.then) });
    case 'preview':
      return moved(request, { preview: move.preview });
    case 'finish':
      return finish(at, request);
    case 'checked':
      return moved(request, {
        checks: { made: request.checks.made + 1, lastAt: at },
        findings: [...request.findings, ...move.findings],
      });
    case 'take-back':
      return canBeTakenBack(request)
        ? moved(request, { state: { is: 'undoing', at, by: move.by } })
        : refused('not-now', request);
    case 'taken-back':
      if (state.is !== 'undoing' || state.by !== move.by) return refused('not-now', request);
      return moved(request, {
        state: move.ok ? { is: 'undone', at, by: move.by } : { is: 'done', at },
        steps: request.steps.map((step) =>
          move.steps.includes(step.id) ? { ...step, state: { is: 'undone', at, by: move.by } } : step,
        ),
      });
  }
}

/** People take over where Groupwatch may not write; where all was so before, there is nothing left for them. */
function stateAtStart({ mode, state }: ResponseRequest, steps: readonly Step[], at: Instant): RequestState {
  if (mode === 'execute') return { is: 'running', at };
  return steps.some(isOpen) ? state : { is: 'done', at };
}

/** Something of it stands, and nothing is under way. */
export function canBeTakenBack({ state, steps }: ResponseRequest): boolean {
  const stands = steps.some((step) => step.state.is === 'applied' || step.state.is === 'by-hand');
  const calm = steps.every((step) => step.state.is !== 'applying');
  return (state.is === 'done' || state.is === 'stopped') && stands && calm;
}

/** A step that still has to be done, or that a retry may do again. */
const isOpen = ({ state }: Step): boolean => state.is === 'planned' || state.is === 'applying';

/** Whether any step has had an effect in AWS, or may have had one. */
const touched = ({ steps }: ResponseRequest): boolean =>
  steps.some(({ state }) => state.is === 'applying' || state.is === 'applied' || state.is === 'by-hand');

/** Failed steps are planned again; what stands is left as it is. */
function again(step: Step): Step {
  return step.state.is === 'failed' ? { ...step, state: { is: 'planned' } } : step;
}

function withStep(steps: readonly Step[], id: string, state: StepState, then?: Step): Step[] {
  return steps.flatMap((step) => (step.id === id ? [{ ...step, state }, ...(then ? [then] : [])] : [step]));
}

function markRun(id: string, by: UserId, at: Instant, request: ResponseRequest): RequestOutcome {
  const step = request.steps.find((one) => one.id === id);
  const open = request.state.is === 'approved' || request.state.is === 'stopped';
  if (!step || !open) return refused('not-now', request);
  if (step.state.is === 'by-hand') {
    return {
      ok: false,
      refusal: { because: 'already-run', by: step.state.by, at: step.state.at, is: request.state.is },
    };
  }
  if (!isOpen(step) && step.state.is !== 'failed') return refused('not-now', request);
  const steps = withStep(request.steps, id, { is: 'by-hand', by, at });
  const ended = steps.every((one) => !isOpen(one) && one.state.is !== 'failed');
  return moved(request, { steps, ...(ended && { state: { is: 'done', at } }) });
}

/** Done when nothing is left to do; stopped, with the reason, when something couldn't be done. */
function finish(at: Instant, request: ResponseRequest): RequestOutcome {
  if (request.state.is !== 'running') return refused('not-now', request);
  const failed = request.steps.find(({ state }) => state.is === 'failed');
  if (failed?.state.is === 'failed')
    return moved(request, { state: { is: 'stopped', at, why: failed.state.why } });
  return moved(request, { state: { is: 'done', at } });
}

function moved(request: ResponseRequest, change: Partial<ResponseRequest>): RequestOutcome {
  return { ok: true, request: { ...request, ...change, version: request.version + 1 } };
}

/** Who made the request what it is, as far as a person did. */
export function decidedBy({ state, approval }: ResponseRequest): { by?: UserId; at?: Instant } {
  if (state.is === 'denied' || state.is === 'withdrawn') return { by: state.by, at: state.at };
  if (approval) return approval;
  return 'at' in state ? { at: state.at } : {};
}

function refused(because: RequestRefusal['because'], request: ResponseRequest): RequestOutcome {
  return { ok: false, refusal: { because, is: request.state.is, ...decidedBy(request) } };
}
