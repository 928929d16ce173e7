import { Refusal } from '../wire/answer.ts';
import { fieldsOf, parsedOf } from '../wire/json.ts';
import { isOperator } from './conditions.ts';
import type { Condition, Patterns, Statement } from './statement.ts';

/** What kind of policy a document is to be: trust policies name principals, the others name resources. */
export type DocumentKind = 'identity' | 'trust';

/**
 * A document's statements. Refuses with MalformedPolicyDocument what IAM's grammar doesn't know:
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function statementsOf(document: string, kind: DocumentKind = 'identity'): Statement[] {
  const parsed = parsedOf(document);
  const { Version, Statement } = fieldsOf(parsed);
  if (parsed === undefined || Statement === undefined) throw malformed('Syntax errors in policy.');
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17')
    throw malformed('The policy must contain a valid version string');
  const list: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  if (list.length === 0) throw malformed('Policy statement must contain actions.');
  return list.map((one) => statementOf(fieldsOf(one), kind));
}

function statementOf(fields: Record<string, unknown>, kind: DocumentKind): Statement {
  const { Sid, Effect } = fields;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Syntax errors in policy.');
  const trust = kind === 'trust';
  if (trust !== ('Principal' in fields || 'NotPrincipal' in fields))
    throw malformed(
      trust ? 'Missing required field Principal' : 'Policy document should not specify a principal.',
    );
  if (trust && ('Resource' in fields || 'NotResource' in fields))
    throw malformed('Has prohibited field Resource');
  return {
    sid: typeof Sid === 'string' ? Sid : undefined,
    effect: Effect,
    actions: patternsOf(fields, 'Action', 'Policy statement must contain actions.'),
    resources: trust
      ? { not: false, patterns: ['*'] }
      : patternsOf(fields, 'Resource', 'Policy statement must contain resources.'),
    principals: trust ? principalsOf(fields) : undefined,
    conditions: conditionsOf(fields.Condition),
  };
}

function patternsOf(fields: Record<string, unknown>, name: 'Action' | 'Resource', missing: string): Patterns {
  const not = `Not${name}` in fields;
  if (not && name in fields) throw malformed('Syntax errors in policy.');
  const patterns = textsOf(fields[not ? `Not${name}` : name]);
  if (patterns.length === 0) throw malformed(missing);
  const bad = name === 'Action' && patterns.find((one) => one !== '*' && !/^[\w*?-]+:[\w*?]+$/.test(one));
  if (bad) throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  if (name === 'Resource' && patterns.some((one) => one !== '*' && !/^arn:|^\*/.test(one)))
    throw malformed(`Resource ${patterns[0]} must be in ARN format or "*".`);
  return { not, patterns };
}

function principalsOf(fields: Record<string, unknown>): Statement['principals'] {
  const not = 'NotPrincipal' in fields;
  const named = fields[not ? 'NotPrincipal' : 'Principal'];
  if (named === '*') return { not, by: { AWS: ['*'] } };
  const by = Object.entries(fieldsOf(named)).map(([kind, value]): [string, string[]] => [
    kind,
    textsOf(value),
  ]);
  if (by.length === 0) throw malformed('Invalid principal in policy');
  return { not, by: Object.fromEntries(by) };
}

function conditionsOf(block: unknown): Condition[] {
  return Object.entries(fieldsOf(block)).flatMap(([operator, tests]) => {
    if (!isOperator(operator)) throw malformed(`Invalid Condition type : ${operator}.`);
    return Object.entries(fieldsOf(tests)).map(([key, value]) => ({ operator, key, values: textsOf(value) }));
  });
}

/** One or many, where booleans and numbers count as their text. */
function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (list.some((one) => !['string', 'boolean', 'number'].includes(typeof one)))
    throw malformed('Syntax errors in policy.');
  return list.map(String);
}

function malformed(message: string): Refusal {
  return new Refusal('MalformedPolicyDocument', message);
}
