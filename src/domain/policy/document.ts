import { z } from 'zod';
import { actionGlob, type Glob, resourceGlob } from './glob.ts';
import type { Scope } from './scope.ts';

/** One statement of an identity policy. Its place in the document, counted from 0, and its Sid are for evidence. */
export interface Statement {
  index: number;
  sid?: string;
  effect: 'Allow' | 'Deny';
  actions: Scope;
  resources: Scope;
  /** The condition keys that it depends on; none when it always holds. */
  conditions: string[];
  /** For iam:PassRole: the only services that the role may be passed to, where a condition says so. */
  passedTo?: Glob[];
}

/** What became of a policy document: its statements, with those that couldn't be judged; or nothing, with why. */
export type Document =
  | { is: 'read'; statements: Statement[]; unjudged: { index: number; why: string }[] }
  | { is: 'unjudgeable'; why: string };

/** A managed policy has 6,144 characters without its white space; far beyond that it is something else. */
const LONGEST = 200_000;

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);

const documentForm = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([z.array(z.unknown()), z.looseObject({}).transform((one) => [one])]),
});

/**
 * One form of statement: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html. An element
 * that isn't known could change what the others mean, so it isn't passed over.
 */
const statementForm = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Principal: z.unknown().optional(),
    NotPrincipal: z.unknown().optional(),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  })
  .refine((one) => !one.Action !== !one.NotAction, 'it needs either Action or NotAction')
  .refine((one) => !one.Resource !== !one.NotResource, 'it needs either Resource or NotResource')
  .refine(
    (one) => [...(one.Action ?? []), ...(one.NotAction ?? [])].every((action) => /[:*]/.test(action)),
    'it has an action without a service',
  )
  .refine(
    (one) => [...(one.Resource ?? []), ...(one.NotResource ?? [])].every((arn) => /^arn:|[*$]/.test(arn)),
    'it has a resource that is no ARN',
  );

/**
 * Reads a policy document: JSON, URL-encoded JSON (as IAM's answers have it), or what JSON.parse made of it. Never
 * throws: what can't be understood says why, and is judged as broad.
 */
export function readDocument(given: unknown): Document {
  const value = typeof given === 'string' ? parsed(given) : given;
  if (value === UNPARSED) return { is: 'unjudgeable', why: 'it is not JSON' };
  const document = documentForm.safeParse(value);
  if (!document.success) return { is: 'unjudgeable', why: firstIssue(document.error) };
  const statements: Statement[] = [];
  const unjudged: { index: number; why: string }[] = [];
  for (const [index, raw] of document.data.Statement.entries()) {
    const form = statementForm.safeParse(raw);
    if (form.success) statements.push(statementOf(form.data, index));
    else unjudged.push({ index, why: firstIssue(form.error) });
  }
  return { is: 'read', statements, unjudged };
}

const UNPARSED = Symbol('unparsed');

function parsed(text: string): unknown {
  if (text.length > LONGEST) return UNPARSED;
  for (const decode of [(raw: string) => raw, decodeURIComponent]) {
    try {
      return JSON.parse(decode(text));
    } catch {}
  }
  return UNPARSED;
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  const where = issue?.path.map(String).join('.').slice(0, 80);
  return `${where ? `${where}: ` : ''}${issue?.message ?? 'its form is unknown'}`.slice(0, 200);
}

function statementOf(form: z.infer<typeof statementForm>, index: number): Statement {
  const effect = form.Effect;
  // A grant must not look smaller than it is, a refusal not larger.
  const listed = (written: string) => resourceGlob(written, effect === 'Allow' ? 'anything' : 'nothing-else');
  const spared = (written: string) => resourceGlob(written, effect === 'Allow' ? 'nothing-else' : 'anything');
  const statement: Statement = {
    index,
    sid: form.Sid,
    effect,
    actions: scopeOf(form.Action?.map(actionGlob), form.NotAction?.map(actionGlob)),
    resources: scopeOf(form.Resource?.map(listed), form.NotResource?.map(spared)),
    conditions: [...new Set(Object.values(form.Condition ?? {}).flatMap(Object.keys))],
  };
  const services = passedTo(form.Condition ?? {});
  if (services) statement.passedTo = services;
  return statement;
}

function scopeOf(listed: Glob[] | undefined, spared: Glob[] | undefined): Scope {
  return listed ? { is: 'only', globs: listed } : { is: 'all-but', globs: spared ?? [] };
}

const SAME_TEXT = /^(for(any|all)values?:)?string(equals|equalsignorecase|like)(ifexists)?$/i;

/** The services of `iam:PassedToService`, where the condition compares it for being like one of them. */
function passedTo(condition: Record<string, Record<string, unknown>>): Glob[] | undefined {
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, value] of Object.entries(keys)) {
      const services = texts.safeParse(value);
      if (SAME_TEXT.test(operator) && key.toLowerCase() === 'iam:passedtoservice' && services.success)
        return services.data.map(actionGlob);
    }
  }
  return undefined;
}
