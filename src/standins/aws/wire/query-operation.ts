import { type Caller, identify } from '../callers.ts';
import type { Estate } from '../estate.ts';
import type { Shape } from '../iam/operation.ts';
import { xmlAnswer } from './answer.ts';
import type { Call, Operation } from './call.ts';
import { type Input, inputOf } from './input.ts';
import { xmlOf } from './xml.ts';

/** A call of the query protocol, with who made it. */
export interface QueryCall extends Call {
  caller: Caller;
  input: Input;
}

/** What an operation of the query protocol does: gives its result, or throws a Refusal. */
export type Query = (estate: Estate, call: QueryCall) => Shape;

/** XML namespaces, by service. */
export const NAMESPACE = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

/** Puts a result into the envelope of its service, after the caller was identified. */
export function queryOperation(service: keyof typeof NAMESPACE, name: string, run: Query): Operation {
  return (estate, call) => {
    const result = run(estate, { ...call, caller: identify(estate, call), input: inputOf(call.form) });
    const content = xmlOf({ [`${name}Result`]: result, ResponseMetadata: { RequestId: call.requestId } });
    return xmlAnswer(`<${name}Response xmlns="${NAMESPACE[service]}">${content}</${name}Response>`);
  };
}
