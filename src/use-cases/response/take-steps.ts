import { setTimeout as sleep } from 'node:timers/promises';
import { stillHolds } from '../../domain/response/holds.ts';
import { wayAround } from '../../domain/response/plan.ts';
import type { ResponseRequest, Step, StepState } from '../../domain/response/request.ts';
import { conflictOf } from '../../domain/response/undo.ts';
import { SECOND } from '../../domain/time.ts';
import type { IamWriter, Performed } from '../../ports/iam.ts';
import { moveOnce } from './change.ts';
import type { ResponseNeeds } from './needs.ts';
import { snapshotOf } from './snapshot-of.ts';

/** How long to wait between tries of what passes by itself: five tries within half a minute. */
const PATIENCE = [1, 3, 8, 15].map((seconds) => seconds * SECOND);

/**
 * Takes every step that can be taken now, each on record before and after. Goes on past a step that failed, since
 * the others still help. Nothing when somebody else has taken the request over, or the program is stopping.
 */
export async function takeSteps(
  needs: ResponseNeeds,
  request: ResponseRequest,
  writer: IamWriter,
  signal: AbortSignal,
): Promise<ResponseRequest | undefined> {
  let current: ResponseRequest | undefined = await reconcile(needs, request, signal);
  for (let step = current && nextOf(current, needs.clock.now()); current && step; ) {
    if (signal.aborted) return undefined;
    current = await takeOne(needs, current, step, writer, signal);
    step = current && nextOf(current, needs.clock.now());
  }
  return current;
}

function nextOf({ steps }: ResponseRequest, now: number): Step | undefined {
  return steps.find(
    ({ state, notBefore = 0 }) => state.is === 'applying' || (state.is === 'planned' && notBefore <= now),
  );
}

/** A step that was under way when an earlier attempt ended may have had its effect: look before doing it again. */
async function reconcile(
  needs: ResponseNeeds,
  request: ResponseRequest,
  signal: AbortSignal,
): Promise<ResponseRequest | undefined> {
  const under = request.steps.find(({ state }) => state.is === 'applying');
  if (!under) return request;
  const now = await snapshotOf(needs, request, signal);
  if (now === 'gone' || !stillHolds(under, now)) return request;
  const at = needs.clock.now();
  return save(needs, request, under, { is: 'applied', at }, { outcome: 'found done after an interruption' });
}

async function takeOne(
  needs: ResponseNeeds,
  request: ResponseRequest,
  step: Step,
  writer: IamWriter,
  signal: AbortSignal,
): Promise<ResponseRequest | undefined> {
  const held = missing(request, step);
  if (held)
    return save(
      needs,
      request,
      step,
      { is: 'failed', at: needs.clock.now(), why: held },
      { outcome: 'left alone' },
    );
  const changed =
    step.notBefore === undefined ? undefined : await changedMeanwhile(needs, request, step, signal);
  if (changed)
    return save(
      needs,
      request,
      step,
      { is: 'conflict', at: needs.clock.now(), why: changed },
      { outcome: 'left alone', why: changed },
    );
  const begun = await save(
    needs,
    request,
    step,
    { is: 'applying', at: needs.clock.now() },
    { outcome: 'begun' },
  );
  if (!begun) return undefined;
  const performed = await persist(writer, step, signal);
  if (signal.aborted && performed.is !== 'done') return undefined;
  const { state, then } = outcomeOf(performed, step, begun, needs.clock.now());
  const awsRequestId = performed.is === 'done' ? performed.awsRequestId : undefined;
  return save(
    needs,
    begun,
    step,
    state,
    { outcome: performed.is, ...('why' in performed && { why: performed.why }) },
    then,
    awsRequestId,
  );
}

/**
 * Why a step that had to wait must not be taken any more. In the hours between, a later undo may have put its own
 * guard against old sessions over the one that this step would take away.
 */
async function changedMeanwhile(
  needs: ResponseNeeds,
  request: ResponseRequest,
  step: Step,
  signal: AbortSignal,
): Promise<string | undefined> {
  const now = await snapshotOf(needs, request, signal);
  return now === 'gone' ? 'it does not exist any more' : conflictOf(step, now);
}

/** Why this step must wait for another one that doesn't stand. */
function missing({ steps }: ResponseRequest, { needs: needed }: Step): string | undefined {
  const first = needed === undefined ? undefined : steps.find(({ id }) => id === needed);
  const stands = first === undefined || ['applied', 'by-hand', 'preexisting'].includes(first.state.is);
  return stands ? undefined : 'left alone, since the step before it that makes it safe does not stand';
}

async function persist(writer: IamWriter, { operation }: Step, signal: AbortSignal): Promise<Performed> {
  let performed = await writer.perform(operation, signal);
  for (const wait of PATIENCE) {
    if (performed.is !== 'again' || signal.aborted) break;
    await sleep(wait, undefined, { signal }).catch(() => undefined);
    performed = await writer.perform(operation, signal);
  }
  return performed;
}

function outcomeOf(
  performed: Performed,
  step: Step,
  { snapshot }: ResponseRequest,
  at: number,
): { state: StepState; then?: Step } {
  switch (performed.is) {
    case 'done': {
      const { awsRequestId } = performed;
      return { state: { is: 'applied', at, ...(awsRequestId && { requestId: awsRequestId }) } };
    }
    case 'quota': {
      const then = wayAround(step, snapshot);
      const { why } = performed;
      return then ? { state: { is: 'unavailable', at, why }, then } : { state: { is: 'failed', at, why } };
    }
    case 'gone':
      return { state: { is: 'conflict', at, why: performed.why } };
    case 'not-allowed':
      return { state: { is: 'failed', at, why: performed.why, permission: performed.permission } };
    case 'again':
    case 'failed':
      return { state: { is: 'failed', at, why: performed.why } };
  }
}

/** Saves a step's new state; nothing when somebody else has moved the request. */
export async function save(
  needs: Pick<ResponseNeeds, 'responses' | 'clock' | 'wake'>,
  request: ResponseRequest,
  step: Step,
  state: StepState,
  facts: Record<string, unknown>,
  then?: Step,
  awsRequestId?: string,
): Promise<ResponseRequest | undefined> {
  const moved = await moveOnce(
    needs,
    request,
    { do: 'step', step: step.id, state, then },
    {
      what: 'response-step',
      facts: { step: step.id, call: step.operation.call, ...facts },
      line: false,
      awsRequestId,
    },
  );
  return moved.is === 'done' ? moved.request : undefined;
}
