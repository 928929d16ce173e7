import { BlockList, isIP } from 'node:net';
import { filledIn, matchesArn, matchesGlob } from './glob.ts';
import type { Condition, Context } from './statement.ts';

type Test = (actual: string, wanted: string, context: Context) => boolean;

const number = (test: (a: number, b: number) => boolean): Test => {
  return (actual, wanted) => test(Number(actual), Number(wanted));
};
/** Dates are ISO 8601, or seconds since epoch. */
const date = (test: (a: number, b: number) => boolean): Test => {
  const time = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
  return (actual, wanted) => test(time(actual), time(wanted));
};
const filled = (test: (a: string, b: string) => boolean): Test => {
  return (actual, wanted, context) => {
    const text = filledIn(wanted, context);
    return text !== undefined && test(actual, text);
  };
};

const ORDER = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
};
const ordered = (kind: string, of: (test: (a: number, b: number) => boolean) => Test): [string, Test][] =>
  Object.entries(ORDER).map(([name, test]) => [`${kind}${name}`, of(test)]);

/** docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const TESTS = new Map<string, Test>([
  ['StringEquals', filled((a, b) => a === b)],
  ['StringEqualsIgnoreCase', filled((a, b) => a.toLowerCase() === b.toLowerCase())],
  ['StringLike', (actual, wanted, context) => matchesGlob(wanted, actual, { context })],
  ['ArnEquals', (actual, wanted, context) => matchesArn(wanted, actual, context)],
  ['ArnLike', (actual, wanted, context) => matchesArn(wanted, actual, context)],
  ['Bool', (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase()],
  ['BinaryEquals', (actual, wanted) => actual === wanted],
  ['IpAddress', inRange],
  ...ordered('Numeric', number),
  ...ordered('Date', date),
]);
const NEGATED: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Whether there is such an operator, set prefix and `IfExists` included. */
export function isOperator(operator: string): boolean {
  const { name } = read(operator);
  return name === 'Null' || TESTS.has(NEGATED[name] ?? name);
}

/** Whether the context meets the condition. A key that isn't there meets negated ones and `…IfExists` only. */
export function meets({ operator, key, values }: Condition, context: Context): boolean {
  const { set, name, ifExists } = read(operator);
  const held = context[key.toLowerCase()];
  const missing = held === undefined || (Array.isArray(held) && held.length === 0);
  if (name === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === missing);
  const positive = NEGATED[name];
  if (missing)
    return set === 'ForAllValues' || (set !== 'ForAnyValue' && (ifExists || positive !== undefined));
  const test = TESTS.get(positive ?? name);
  if (!test) return false;
  const actual = typeof held === 'string' ? [held] : held;
  const one = (value: string) => values.some((wanted) => test(value, wanted, context)) === !positive;
  const every = set === 'ForAllValues' || (set === undefined && positive !== undefined);
  return every ? actual.every(one) : actual.some(one);
}

function read(operator: string): { set?: string; name: string; ifExists: boolean } {
  const [, set, name = operator, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { set, name, ifExists: ifExists !== undefined };
}

function inRange(actual: string, wanted: string): boolean {
  const [address = '', prefix] = wanted.split('/');
  const [family, own] = [isIP(address), isIP(actual)];
  if (family === 0 || family !== own) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  const range = new BlockList();
  range.addSubnet(address, Number(prefix ?? (family === 6 ? 128 : 32)), kind);
  return range.check(actual, kind);
}
