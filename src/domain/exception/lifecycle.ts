import type { Alert } from '../alert.ts';
import type { Conditions, Exception, ExceptionState } from '../exception.ts';
import type { UserId } from '../person.ts';
import type { Instant } from '../time.ts';

/** What becomes of an exception; `expire` is the clock's. */
export type ExceptionMove = { do: 'approve' | 'deny' | 'end'; by: UserId } | { do: 'expire' };

/** Why a move had no effect: one's own exception can't be approved, and what is over stays so. */
export type ExceptionRefusal =
  | { because: 'own-exception' }
  | { because: 'not-now'; is: ExceptionState['is']; by?: UserId; at?: Instant };

export type ExceptionOutcome = { ok: true; exception: Exception } | { ok: false; refusal: ExceptionRefusal };

/** The whole lifecycle of an exception. Pure. */
export function moveException(move: ExceptionMove, at: Instant, exception: Exception): ExceptionOutcome {
  const { state, expiresAt } = exception;
  const over = at >= expiresAt;
  switch (move.do) {
    case 'approve':
      if (state.is !== 'pending' || over) return notNow(exception, over);
      if (move.by === exception.by) return { ok: false, refusal: { because: 'own-exception' } };
      return moved(exception, { is: 'active', approvedBy: move.by, at });
    case 'deny':
      if (state.is !== 'pending' || over) return notNow(exception, over);
      return moved(exception, { is: 'denied', by: move.by, at });
    case 'end':
      return isLive(exception) ? moved(exception, { is: 'ended', by: move.by, at }) : notNow(exception, over);
    case 'expire':
      return isLive(exception) && over ? moved(exception, { is: 'ended', at }) : notNow(exception, over);
  }
}

/** Whether it may still exempt something, or comes to. */
export const isLive = ({ state }: Exception): boolean => state.is === 'pending' || state.is === 'active';

/**
 * Whether a second person must approve it: the group gives administrator rights or a way to them, nobody knows all
 * that it gives, or the conditions hold for any group.
 */
export function needsSecondPerson(
  conditions: Conditions,
  { assessment }: Pick<Alert, 'assessment'>,
): boolean {
  if (conditions.group === undefined || !assessment?.granted) return true;
  const { granted, documentsLeft } = assessment;
  return (
    granted.doubtful || documentsLeft > 0 || granted.is === 'administrator' || granted.is === 'escalation'
  );
}

const moved = (exception: Exception, state: ExceptionState): ExceptionOutcome => ({
  ok: true,
  exception: { ...exception, state, version: exception.version + 1 },
});

/** One whose time is over counts as ended, also before the clock has ended it. */
function notNow({ state, expiresAt }: Exception, over: boolean): ExceptionOutcome {
  const live = state.is === 'pending' || state.is === 'active';
  if (live && over) return { ok: false, refusal: { because: 'not-now', is: 'ended', at: expiresAt } };
  const by = 'by' in state ? state.by : state.is === 'active' ? state.approvedBy : undefined;
  const at = state.is === 'pending' ? undefined : state.at;
  return { ok: false, refusal: { because: 'not-now', is: state.is, by, at } };
}
