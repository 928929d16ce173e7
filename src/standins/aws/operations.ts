import type { Operation } from './call.ts';
import type { Estate } from './estate.ts';
import { IAM_OPERATIONS } from './iam.ts';
import { lookupEvents } from './lookup-events.ts';
import { type Query, queryOperation } from './query-operation.ts';
import { STS_OPERATIONS } from './sts.ts';

/** Everything that the server answers to, named as IAM names actions: `iam:CreateUser`. */
export function operationsOn(estate: Estate): Map<string, Operation> {
  const of = (service: 'iam' | 'sts', queries: Record<string, Query>): [string, Operation][] =>
    Object.entries(queries).map(([name, run]) => [
      `${service}:${name}`,
      queryOperation(service, name, estate, run),
    ]);
  return new Map([
    ['cloudtrail:LookupEvents', lookupEvents(estate)],
    ...of('sts', STS_OPERATIONS),
    ...of('iam', IAM_OPERATIONS),
  ]);
}
