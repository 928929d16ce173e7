import type { Actor } from '../actors.ts';
import type { Estate } from '../estate.ts';
import { type CloudTrailRecord, writeRecord } from '../trail/record.ts';
import { recorded } from '../trail/recorded.ts';
import { Refusal } from '../wire/answer.ts';
import { type Input, text } from '../wire/input.ts';
import { textOf } from '../wire/json.ts';
import { checkForms } from './forms.ts';
import type { Ground, IamOperation, Shape } from './operation.ts';
import { IAM_OPERATIONS } from './operations.ts';
import type { Target } from './target.ts';

/** A call of IAM as someone makes it. */
export interface IamRequest {
  /** `CreateUser` */
  action: string;
  input: Input;
  by: Actor;
  /** ms since epoch */
  at: number;
  requestId?: string;
  /** Refuses for want of permission by throwing; then no parameters are recorded. */
  permit?: (target: Target, input: Input) => void;
  over?: Record<string, unknown>;
  lateMs?: number;
  twice?: boolean;
}

/** What became of a call: the answer, or the refusal; and its record, if it was one that is recorded. */
export interface IamOutcome {
  answer: Shape;
  refusal?: Refusal;
  /** Refused for want of permission. */
  denied?: boolean;
  record?: CloudTrailRecord;
}

/**
 * Does what IAM does, and writes what CloudTrail writes about it, of a refused call too. Parameters of the wrong form
 * are refused by throwing a ValidationError, and leave no record.
 */
export function callIam(estate: Estate, request: IamRequest): IamOutcome {
  const operation = IAM_OPERATIONS[request.action];
  if (!operation) throw new Refusal('InvalidAction', `Could not find operation ${request.action}`);
  const input = completed(operation, request);
  const { iam, home, ids, keys, knobs } = estate;
  const view = operation.is === 'read' ? iam.seen : iam.now;
  const outcome = attempt(operation, { iam, home, ids, keys, knobs, view, input, at: request.at }, request);
  if (operation.is === 'read' && !estate.knobs.recordReads) return outcome;
  return { ...outcome, record: recordOf(estate, operation, request, outcome) };
}

function attempt(operation: IamOperation, ground: Ground, { permit }: IamRequest): IamOutcome {
  let denied = true;
  try {
    permit?.(operation.on(ground), ground.input);
    denied = false;
    return { answer: operation.run(ground) };
  } catch (error) {
    if (error instanceof Refusal) return { answer: {}, refusal: error, denied };
    throw error;
  }
}

function recordOf(
  estate: Estate,
  { is }: IamOperation,
  request: IamRequest,
  { answer, refusal, denied }: IamOutcome,
): CloudTrailRecord {
  const { action, input, by, at, requestId, over, lateMs, twice } = request;
  return writeRecord(estate, {
    eventSource: 'iam.amazonaws.com',
    eventName: action,
    by,
    at,
    readOnly: is === 'read',
    parameters: denied ? null : recorded(input),
    response: is === 'read' ? null : recorded(answer),
    requestId,
    refused: refusal && {
      errorCode: denied ? refusal.code : `${refusal.code}Exception`,
      errorMessage: refusal.message,
    },
    over,
    lateMs,
    twice,
  });
}

/** The parameters, checked; where the caller's own user may stand in, its name is filled in. */
function completed({ needs }: IamOperation, { input, by }: IamRequest): Input {
  const own = needs.includes('UserName?') ? textOf(by.userIdentity.userName) : undefined;
  const complete: Input = { ...(own ? { UserName: own } : {}), ...input };
  for (const name of needs.map((one) => one.replace('?', ''))) {
    if (typeof complete[name] !== 'object') text(complete, name);
  }
  checkForms(complete);
  return complete;
}
