import type { ExceptionId } from '../../domain/exception.ts';
import { samePerson } from '../../domain/response/four-eyes.ts';
import type { Doer } from '../../ports/audit.ts';
import { aboutOf, move } from './change.ts';
import type { ExceptionNeeds } from './needs.ts';
import { owedFor } from './owed.ts';
import { propose } from './propose.ts';
import type { Except, ExceptionResult, ExceptionWish, Wanted, WishRefusal } from './wish.ts';

type By = { by: Doer; key: string };

/** Everything that people can do about an exception; each wish is checked anew, whatever the button once said. */
export const except =
  (needs: ExceptionNeeds): Except =>
  async (wish) => {
    const result = await grant(needs, wish);
    if (result.is !== 'refused') return result;
    return (await recordRefusal(needs, wish, result.refusal)) === 'repeated' ? { is: 'repeated' } : result;
  };

async function grant(needs: ExceptionNeeds, wish: ExceptionWish & By): Promise<ExceptionResult> {
  if (wish.do === 'add') return add(needs, wish);
  if (wish.do !== 'end') {
    const refusal = await objectionTo(needs, wish);
    if (refusal) return { is: 'refused', refusal };
  }
  const { exceptionId, by, key } = wish;
  return move(needs, exceptionId, { do: wish.do, by: by.id }, { what: WHAT[wish.do], by, key });
}

const WHAT = { approve: 'exception-approved', deny: 'exception-denied', end: 'exception-ended' } as const;

async function add(needs: ExceptionNeeds, wanted: Wanted & By): Promise<ExceptionResult> {
  const proposed = await propose(needs, wanted);
  if (proposed.is !== 'ready') return proposed;
  const { exception } = proposed;
  const { at, state } = exception;
  const saving = await needs.exceptions.open(exception, {
    entry: {
      at,
      by: wanted.by,
      what: 'exception-added',
      alertId: exception.alertId,
      to: state.is,
      facts: { ...aboutOf(exception), reason: exception.reason, expiresAt: exception.expiresAt },
      key: wanted.key,
    },
    line: false,
    jobs: owedFor(exception, at),
  });
  if (saving !== 'saved') return { is: 'repeated' };
  needs.wake();
  return { is: 'done', exception };
}

/** Why a person may not decide on an exception: not listed now, or one of those whom it is made from. */
async function objectionTo(
  { alerts, exceptions, approvers, approvable }: ExceptionNeeds,
  { exceptionId, by }: { exceptionId: ExceptionId } & By,
): Promise<WishRefusal | undefined> {
  if (!approvable) return { because: 'no-approvers' };
  const why = await approvers.denial(by.id);
  if (why !== undefined) return { because: 'not-an-approver', why };
  const exception = await exceptions.find(exceptionId);
  const alert = exception && (await alerts.find(exception.alertId));
  if (!alert) return undefined;
  const person = { id: by.id, email: await approvers.emailOf(by.id) };
  const same = samePerson(person, { by: exception.by }, alert, () => []);
  return same === 'is-requester' ? { because: 'own-exception' } : same && { because: same };
}

/** By the click's key: when that has had its effect already, the second delivery is no refusal. */
async function recordRefusal(
  { audit, exceptions, clock }: ExceptionNeeds,
  wish: ExceptionWish & By,
  refusal: WishRefusal,
): Promise<'recorded' | 'repeated'> {
  const exception = 'exceptionId' in wish ? await exceptions.find(wish.exceptionId) : undefined;
  return audit.record({
    at: clock.now(),
    by: wish.by,
    what: 'exception-not-allowed',
    alertId: 'alertId' in wish ? wish.alertId : exception?.alertId,
    from: exception?.state.is,
    facts: { ...(exception && aboutOf(exception)), wish: wish.do, because: refusal.because },
    key: wish.key,
  });
}
