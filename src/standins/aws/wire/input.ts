import { Refusal } from './answer.ts';

/** A value of a call's parameters. */
export type InputValue = string | number | boolean | readonly InputValue[] | Input;

/** A call's parameters by AWS's names, as an SDK's user gives them. */
export interface Input {
  readonly [name: string]: InputValue | undefined;
}

const FLAGS = new Set(['AllUsers', 'OnlyAttached', 'PasswordResetRequired', 'SetAsDefault']);
const NUMBERS = new Set(['CredentialAgeDays', 'DurationSeconds', 'MaxItems', 'MaxSessionDuration']);

/** Reads a form of the query protocol, in which lists and structures are flat: `Tags.member.1.Key=team`. */
export function inputOf(form: URLSearchParams): Input {
  const tree: Tree = new Map();
  for (const [name, value] of form)
    if (name !== 'Action' && name !== 'Version') plant(tree, name.split('.'), value);
  return readValues(tree);
}

type Tree = Map<string, string | Tree>;

function plant(tree: Tree, [name = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const known = tree.get(name);
  const branch: Tree = known instanceof Map ? known : new Map();
  tree.set(name, branch);
  plant(branch, rest, value);
}

function readValues(tree: Tree): Input {
  return Object.fromEntries([...tree].map(([name, branch]) => [name, readValue(name, branch)]));
}

function readValue(name: string, branch: string | Tree): InputValue {
  if (typeof branch === 'string') {
    if (FLAGS.has(name)) return branch === 'true';
    return NUMBERS.has(name) ? Number(branch) : branch;
  }
  const members = branch.get('member');
  if (!(members instanceof Map)) return readValues(branch);
  return [...members].sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => readValue('', one));
}

/** A parameter that must be there. Refuses with ValidationError. */
export function text(input: Input, name: string): string {
  const value = optional(input, name);
  if (value) return value;
  throw invalid(`Value null at '${small(name)}' failed to satisfy constraint: Member must not be null`);
}

/** A parameter as text, if it is there. */
export function optional(input: Input, name: string): string | undefined {
  const value = input[name];
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

/** A list's texts; none if it isn't there. */
export function texts(input: Input, name: string): string[] {
  const value = input[name];
  return isList(value) ? value.map(String) : [];
}

/** A list's structures; none if it isn't there. */
export function structures(input: Input, name: string): Input[] {
  const value = input[name];
  return isList(value) ? value.filter((one): one is Input => typeof one === 'object' && !isList(one)) : [];
}

/** The refusal of a parameter's form. */
export function invalid(message: string): Refusal {
  return new Refusal('ValidationError', message);
}

/** As CloudTrail and IAM's messages write a name. */
export function small(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function isList(value: InputValue | undefined): value is readonly InputValue[] {
  return Array.isArray(value);
}
