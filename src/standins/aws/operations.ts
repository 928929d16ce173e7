import { callIam } from './iam/call-iam.ts';
import { IAM_OPERATIONS } from './iam/operations.ts';
import { listAccounts } from './organizations/list-accounts.ts';
import { permitIam } from './permission.ts';
import { STS_OPERATIONS } from './sts/sts.ts';
import { lookupEvents } from './trail/lookup-events.ts';
import type { Operation } from './wire/call.ts';
import { type Query, queryOperation } from './wire/query-operation.ts';

/** Everything that the server answers to, named as IAM names actions: `iam:CreateUser`. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['cloudtrail:LookupEvents', lookupEvents],
  ['organizations:ListAccounts', listAccounts],
  ...Object.entries(STS_OPERATIONS).map(([name, run]): [string, Operation] => [
    `sts:${name}`,
    queryOperation('sts', name, run),
  ]),
  ...Object.keys(IAM_OPERATIONS).map((name): [string, Operation] => [
    `iam:${name}`,
    queryOperation('iam', name, byCaller(name)),
  ]),
]);

/** A call of IAM, for which the caller needs permission once the knob says so. */
function byCaller(action: string): Query {
  return (estate, { caller, input, requestId }) => {
    const { answer, refusal } = callIam(estate, {
      action,
      input,
      by: caller.actor,
      at: estate.clock(),
      requestId,
      permit: estate.knobs.enforcePermissions ? permitIam(estate, caller, action) : undefined,
    });
    if (refusal) throw refusal;
    return answer;
  };
}
