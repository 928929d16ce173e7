/** Beginnings of names of actions that only look. */
const READING = [
  'batchget',
  'check',
  'count',
  'describe',
  'discover',
  'estimate',
  'get',
  'head',
  'list',
  'lookup',
  'preview',
  'query',
  'read',
  'scan',
  'search',
  'select',
  'simulate',
  'validate',
  'view',
];

/**
 * Whether an action, or all that a pattern matches, only reads, judged by the verb that its name begins with.
 * A verb that isn't whole (`s3:G*`) or isn't known counts as writing.
 */
export function accessOf(action: string): 'read' | 'write' {
  const name = action.slice(action.indexOf(':') + 1);
  const verb = READING.find((one) => name.toLowerCase().startsWith(one));
  // `Checkout` doesn't begin with the verb `Check`; a name that is all small doesn't tell.
  const goesOn = verb !== undefined && /[a-z]/.test(name.charAt(verb.length)) && name !== name.toLowerCase();
  return verb && !goesOn ? 'read' : 'write';
}
