import type { AlertId } from '../domain/alert.ts';
import type { RequestId, ResponseAction } from '../domain/response/action.ts';
import type { SamePerson } from '../domain/response/four-eyes.ts';
import type { RequestRefusal } from '../domain/response/lifecycle.ts';
import type { ResponseRequest } from '../domain/response/request.ts';
import type { Doer } from '../ports/audit.ts';

/** What a person wants done about a response. */
export type ResponseWish =
  | { do: 'request'; alertId: AlertId; action: ResponseAction; reason: string }
  | { do: 'approve'; requestId: RequestId; typed: string }
  | { do: 'deny'; requestId: RequestId; reason: string }
  | { do: 'withdraw'; requestId: RequestId }
  | { do: 'retry'; requestId: RequestId }
  | { do: 'mark-run'; requestId: RequestId; step: string };

/** Why a wish had no effect. Nothing was changed in AWS by any of these. */
export type ResponseRefusal =
  | RequestRefusal
  | { because: SamePerson }
  /** The person isn't in APPROVERS, or Slack says that they may not act; `why` is a plain sentence. */
  | { because: 'not-an-approver'; why: string }
  | { because: 'no-approvers' }
  /** The typed name isn't that of who is to be disabled. */
  | { because: 'wrong-name'; expected: string }
  | { because: 'already-requested'; by: string; at: number }
  /** Switched off, or not fit for this target: `why` says what to do. */
  | { because: 'not-possible'; why: string };

export type ResponseResult =
  | { is: 'done'; request: ResponseRequest }
  | { is: 'refused'; refusal: ResponseRefusal }
  | { is: 'repeated' }
  | { is: 'gone' };

/** `key` is the same for every delivery of one click. */
export type Respond = (wish: ResponseWish & { by: Doer; key: string }) => Promise<ResponseResult>;

/** Whether a person may decide on a request as it stands, before they are asked for more; it changes nothing. */
export type MayDecide = (question: {
  do: 'approve' | 'deny';
  requestId: RequestId;
  by: Doer;
}) => Promise<
  { is: 'may'; request: ResponseRequest } | { is: 'refused'; refusal: ResponseRefusal } | { is: 'gone' }
>;
