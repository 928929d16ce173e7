import type { ResponseRequest } from '../../domain/response/request.ts';
import type { Doer } from '../../ports/audit.ts';
import type { Respond, ResponseResult, ResponseWish } from '../respond.ts';
import { ask } from './ask.ts';
import { aboutOf, type Moved, move, type OnRecord, targetOf } from './change.ts';
import { RESPONSE_JOB, type ResponseNeeds } from './needs.ts';
import { objectionToApprover } from './person.ts';

type Asked<K extends ResponseWish['do']> = Extract<ResponseWish, { do: K }> & { by: Doer; key: string };

/** Everything that people can do about a response; each wish is checked anew, whatever the button once said. */
export const respond =
  (needs: ResponseNeeds): Respond =>
  async (wish) => {
    const result = await grant(needs, wish);
    if (result.is === 'refused') await recordRefusal(needs, wish, result);
    return result;
  };

async function grant(needs: ResponseNeeds, wish: Parameters<Respond>[0]): Promise<ResponseResult> {
  switch (wish.do) {
    case 'request':
      return ask(needs, wish);
    case 'approve':
      return approve(needs, wish);
    case 'deny':
      return deny(needs, wish);
    case 'withdraw':
      return resultOf(
        await go(needs, wish, { do: 'withdraw', by: wish.by.id }, { what: 'response-withdrawn' }),
      );
    case 'retry':
      return resultOf(
        await go(
          needs,
          wish,
          { do: 'retry', by: wish.by.id },
          {
            what: 'response-retried',
            jobs: [carryOutJob(needs, wish.requestId)],
          },
        ),
      );
    case 'mark-run':
      return markRun(needs, wish);
  }
}

/** A refusal is as much part of the story as an act. */
export async function recordRefusal(
  { audit, responses, clock }: ResponseNeeds,
  wish: { do: ResponseWish['do']; by: Doer } & ({ alertId: string } | { requestId: string }),
  { refusal }: Extract<ResponseResult, { is: 'refused' }>,
): Promise<void> {
  const request = 'requestId' in wish ? await responses.find(wish.requestId) : undefined;
  await audit.record({
    at: clock.now(),
    by: wish.by,
    what: 'response-not-allowed',
    alertId: 'alertId' in wish ? wish.alertId : request?.alertId,
    responseId: request?.id,
    from: request?.state.is,
    facts: { ...(request && aboutOf(request)), wish: wish.do, because: refusal.because },
  });
}

async function approve(needs: ResponseNeeds, wish: Asked<'approve'>): Promise<ResponseResult> {
  if (!needs.settings.approvable) return { is: 'refused', refusal: { because: 'no-approvers' } };
  const found = await decidable(needs, wish);
  if ('is' in found) return found;
  const expected = await nameToType(needs, found.request);
  if (wish.typed.trim() !== expected) return { is: 'refused', refusal: { because: 'wrong-name', expected } };
  return resultOf(
    await go(
      needs,
      wish,
      { do: 'approve', by: wish.by.id },
      {
        what: 'response-approved',
        jobs: [carryOutJob(needs, wish.requestId)],
      },
    ),
  );
}

async function deny(needs: ResponseNeeds, wish: Asked<'deny'>): Promise<ResponseResult> {
  const found = await decidable(needs, wish);
  if ('is' in found) return found;
  const { reason } = wish;
  return resultOf(
    await go(
      needs,
      wish,
      { do: 'deny', by: wish.by.id, reason },
      { what: 'response-denied', facts: { reason } },
    ),
  );
}

async function markRun(needs: ResponseNeeds, wish: Asked<'mark-run'>): Promise<ResponseResult> {
  const { step } = wish;
  const moved = await go(
    needs,
    wish,
    { do: 'mark-run', by: wish.by.id, step },
    {
      what: 'response-by-hand',
      facts: { step },
      jobs: [carryOutJob(needs, wish.requestId)],
    },
  );
  return resultOf(moved);
}

/** The request with its alert, if this person may decide on it. */
export async function decidable(
  { alerts, responses, approvers }: ResponseNeeds,
  { requestId, by }: { requestId: string; by: Doer },
): Promise<{ request: ResponseRequest } | ResponseResult> {
  const request = await responses.find(requestId);
  const alert = request && (await alerts.find(request.alertId));
  if (!request || !alert) return { is: 'gone' };
  const refusal = await objectionToApprover(approvers, by.id, request, alert);
  return refusal ? { is: 'refused', refusal } : { request };
}

/** What an approver types: the user's or role's name; to take something back, that of the first request. */
export async function nameToType(
  { responses }: Pick<ResponseNeeds, 'responses'>,
  { action }: ResponseRequest,
): Promise<string> {
  if (action.do !== 'undo') return targetOf(action);
  const original = await responses.find(action.of);
  return original ? targetOf(original.action) : '';
}

function go(
  needs: ResponseNeeds,
  { requestId, by, key }: { requestId: string; by: Doer; key: string },
  how: Parameters<typeof move>[2],
  record: Omit<OnRecord, 'by' | 'key'>,
): Promise<Moved> {
  return move(needs, requestId, how, { ...record, by, key });
}

function carryOutJob({ clock }: ResponseNeeds, requestId: string) {
  return {
    id: `${RESPONSE_JOB.carryOut}:${requestId}`,
    kind: RESPONSE_JOB.carryOut,
    subject: requestId,
    dueAt: clock.now(),
  };
}

function resultOf(moved: Moved): ResponseResult {
  return moved.is === 'lost' ? { is: 'repeated' } : moved;
}
