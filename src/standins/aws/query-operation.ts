import type { Actor } from './actors.ts';
import { Refusal, xmlAnswer } from './answer.ts';
import type { Call, Operation } from './call.ts';
import type { Estate } from './estate.ts';
import { type XmlValue, xmlOf } from './xml.ts';

/** A call of the query protocol, with who made it. */
export interface QueryCall extends Call {
  caller: Actor;
}

/** What an operation of the query protocol does: gives its result, or throws a Refusal. */
export type Query = (estate: Estate, call: QueryCall) => XmlValue;

/** XML namespaces, by service. */
export const NAMESPACE = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

/** Puts a result into the envelope of its service, after the caller was identified. */
export function queryOperation(
  service: keyof typeof NAMESPACE,
  name: string,
  estate: Estate,
  run: Query,
): Operation {
  return (call) => {
    const result = run(estate, { ...call, caller: estate.callers.identify(call) });
    const content = xmlOf({ [`${name}Result`]: result, ResponseMetadata: { RequestId: call.requestId } });
    return xmlAnswer(`<${name}Response xmlns="${NAMESPACE[service]}">${content}</${name}Response>`);
  };
}

/** A parameter that must be there. */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new Refusal('ValidationError', `Value at '${name}' failed to satisfy constraint: must not be null`);
}
