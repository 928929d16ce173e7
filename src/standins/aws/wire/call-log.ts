import { actorOf } from '../callers.ts';
import type { Estate } from '../estate.ts';
import { holderOf } from '../holder.ts';
import { identityOf } from '../identity.ts';
import type { Call } from './call.ts';
import { type Input, inputOf } from './input.ts';
import { fieldsOf, parsedOf } from './json.ts';

/** A call that came over the wire. */
export interface AwsCall {
  /** As IAM names actions: `iam:AttachUserPolicy`. */
  name: string;
  /** ms since epoch */
  at: number;
  accountId: string;
  parameters: Input | Record<string, unknown>;
  /** ARN of who called; empty when the credentials are nobody's. */
  caller: string;
  accessKeyId: string;
  region: string;
  userAgent: string;
  requestId: string;
  /** `ok`, AWS's name of the error, or the fault: `hang`, `cut`, `drop-reply`; `unanswered` until then. */
  outcome: string;
}

/** The call as it is logged when it comes in. */
export function newAwsCall(estate: Estate, call: Call): AwsCall {
  const { name, accessKeyId = '', region, userAgent, requestId } = call;
  const at = estate.clock();
  return {
    name,
    at,
    accountId: estate.home.accountId,
    parameters: call.protocol === 'json' ? fieldsOf(parsedOf(call.body)) : inputOf(call.form),
    caller: callerOf(estate, accessKeyId, at),
    accessKeyId,
    region,
    userAgent,
    requestId,
    outcome: 'unanswered',
  };
}

function callerOf(estate: Estate, accessKeyId: string, at: number): string {
  const holder = holderOf(estate.keys, estate.iam.seen, accessKeyId, at);
  if (holder.is === 'invalid' || holder.is === 'expired' || accessKeyId === '') return '';
  return String(identityOf(estate, actorOf(holder, accessKeyId), at).arn);
}
