import type { Alert, AlertId } from '../../domain/alert.ts';
import type { ExceptionRefusal } from '../../domain/exception/lifecycle.ts';
import type { Exception, ExceptionId, Flaw } from '../../domain/exception.ts';
import type { SamePerson } from '../../domain/response/four-eyes.ts';
import type { Doer } from '../../ports/audit.ts';

/** What somebody wants exempted: conditions that an alert suggests, by their words, for so many milliseconds. */
export interface Wanted {
  alertId: AlertId;
  chosen: readonly string[];
  reason: string;
  lasts: number;
}

/** What a person wants done about an exception. */
export type ExceptionWish =
  | ({ do: 'add' } & Wanted)
  | { do: 'approve' | 'deny' | 'end'; exceptionId: ExceptionId };

/** Why a wish had no effect. */
export type WishRefusal =
  | ExceptionRefusal
  | { because: SamePerson }
  /** The person isn't in APPROVERS, or Slack says that they may not act; `why` is a plain sentence. */
  | { because: 'not-an-approver'; why: string }
  /** It needs a second person, and nobody is set up to be one. */
  | { because: 'no-approvers' }
  /** The alert tells of nothing that could be exempted. */
  | { because: 'nothing-to-exempt' };

export type ExceptionResult =
  | { is: 'done'; exception: Exception }
  | { is: 'flawed'; flaws: Flaw[] }
  | { is: 'refused'; refusal: WishRefusal }
  | { is: 'repeated' }
  | { is: 'gone' };

/** `key` is the same for every delivery of one click. */
export type Except = (wish: ExceptionWish & { by: Doer; key: string }) => Promise<ExceptionResult>;

/** What an exception would have hidden, had it been there for 90 days. */
export interface Hidden {
  alerts: Alert[];
  /** How many alerts were looked at, the newest first, of how many that could be meant. */
  looked: number;
  of: number;
}

/** The exception as it would be made, and what it would have hidden; it changes nothing. */
export type PreviewException = (
  wanted: Wanted & { by: Doer },
) => Promise<
  | { is: 'ready'; exception: Exception; hidden: Hidden }
  | Extract<ExceptionResult, { is: 'flawed' | 'refused' | 'gone' }>
>;
