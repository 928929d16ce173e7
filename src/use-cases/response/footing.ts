import { objectionTo } from '../../domain/response/objection.ts';
import { planOf } from '../../domain/response/plan.ts';
import type { ResponseRequest, Step } from '../../domain/response/request.ts';
import { planOfUndo } from '../../domain/response/undo.ts';
import { SECOND } from '../../domain/time.ts';
import { move } from './change.ts';
import type { ResponseNeeds } from './needs.ts';
import { objectionToApprover } from './person.ts';
import { preflightOf } from './preflight.ts';

/** What a request stands on just before its first write. */
export type Footing =
  | { is: 'firm'; snapshot: NonNullable<ResponseRequest['snapshot']>; steps: Step[] }
  | { is: 'refused'; why: string }
  | { is: 'later'; afterMs: number };

/**
 * Checks everything again that was checked when it was asked for and approved: minutes have passed, and whoever
 * holds the database could have written an approval there. By reads only.
 */
export async function footingOf(
  needs: ResponseNeeds,
  request: ResponseRequest,
  signal: AbortSignal,
): Promise<Footing> {
  const refusal = await approvalRefusal(needs, request);
  if (refusal) return { is: 'refused', why: refusal };
  const { action } = request;
  if (action.do !== 'undo') return look(needs, request, signal);
  const taken = await move(
    needs,
    action.of,
    { do: 'take-back', by: request.id },
    { what: 'response-taking-back', line: false },
  );
  if (taken.is === 'refused' && taken.request.state.is !== 'undoing') {
    const busy = taken.request.steps.some(({ state }) => state.is === 'applying');
    return busy
      ? { is: 'later', afterMs: 2 * SECOND }
      : { is: 'refused', why: 'nothing of it stands any more' };
  }
  const footing = await look(needs, request, signal);
  if (footing.is === 'refused') {
    await move(
      needs,
      action.of,
      { do: 'taken-back', by: request.id, ok: false, steps: [] },
      { what: 'response-taking-back-ended', line: false },
    );
  }
  return footing;
}

async function approvalRefusal(
  { alerts, approvers }: ResponseNeeds,
  request: ResponseRequest,
): Promise<string | undefined> {
  const alert = await alerts.find(request.alertId);
  if (!alert || !request.approval) return 'there is no approval on record';
  const objection = await objectionToApprover(approvers, request.approval.by, request, alert);
  if (!objection) return undefined;
  return objection.because === 'not-an-approver'
    ? `whoever approved it may not approve any more: ${objection.why}`
    : 'whoever approved it is one of those it concerns';
}

async function look(needs: ResponseNeeds, request: ResponseRequest, signal: AbortSignal): Promise<Footing> {
  const { action } = request;
  const preflight = await preflightOf(needs, request, signal);
  const why = objectionTo(preflight);
  if (why) return { is: 'refused', why };
  const { snapshot } = preflight;
  if (snapshot === 'gone') return { is: 'refused', why: 'it does not exist any more' };
  const now = needs.clock.now();
  const original = action.do === 'undo' ? await needs.responses.find(action.of) : undefined;
  const steps =
    action.do === 'undo'
      ? original && planOfUndo(original, snapshot, { now, reactivate: action.reactivate })
      : planOf(action, snapshot, { partition: request.partition, now });
  if (!steps) return { is: 'refused', why: 'the request that it takes back is not there any more' };
  return { is: 'firm', snapshot: 'userId' in snapshot ? { user: snapshot } : { role: snapshot }, steps };
}
