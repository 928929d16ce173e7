import type { Statement } from './document.ts';
import { type Glob, isEverything } from './glob.ts';
import { knownDocument } from './known-policies.ts';
import type { Doubt, Policy, PolicyName } from './policy.ts';
import { contains, type Scope } from './scope.ts';

/** One pattern of an Allow (without `action`: all but what its NotAction lists). */
export interface Entry {
  policy: Policy;
  statement: Statement;
  action?: Glob;
  /** The statement's resources one by one, as each may be refused by itself. */
  parts: Scope[];
  byArn?: boolean;
}

/** What a set of policies comes to: what is allowed, refused, and at most allowed, before they are weighed up. */
export interface Permissions {
  entries: Entry[];
  /** Those of one service by its name, and those that aren't about one, for speed. */
  byService: Map<string, Entry[]>;
  general: Entry[];
  /** Refusals that always hold. One with a condition refuses nothing for sure. */
  denies: Statement[];
  /** Allow statements of the permissions boundary; undefined without one, or when it can't be judged. */
  boundary?: Statement[];
  doubts: Doubt[];
  boundaryDoubts: Doubt[];
}

/** Puts policies together. Their order means nothing. */
export function permissionsOf(policies: readonly Policy[], boundary?: Policy): Permissions {
  const held: Permissions = {
    entries: [],
    byService: new Map(),
    general: [],
    denies: [],
    doubts: [],
    boundaryDoubts: [],
  };
  for (const policy of policies) {
    const { statements, doubts, byArn } = statementsOf(policy);
    held.doubts.push(...doubts);
    held.denies.push(...statements.filter(refuses));
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      const { actions } = statement;
      const globs = actions.is === 'only' ? actions.globs : [undefined];
      const parts = partsOf(statement.resources);
      held.entries.push(...globs.map((action) => ({ policy, statement, action, parts, byArn })));
    }
  }
  for (const entry of held.entries) {
    const service = serviceOf(entry.action);
    const list = service === undefined ? held.general : (held.byService.get(service) ?? []);
    list.push(entry);
    if (service !== undefined) held.byService.set(service, list);
  }
  if (boundary) limit(held, boundary);
  return held;
}

function partsOf(resources: Scope): Scope[] {
  if (resources.is === 'only') return resources.globs.map((glob) => ({ is: 'only', globs: [glob] }));
  return resources.globs.some(isEverything) ? [] : [resources];
}

function limit(held: Permissions, boundary: Policy): void {
  const { statements, doubts } = statementsOf(boundary);
  held.boundaryDoubts.push(...doubts);
  held.denies.push(...statements.filter(refuses));
  if (doubts.length === 0) held.boundary = statements.filter(({ effect }) => effect === 'Allow');
}

const refuses = ({ effect, conditions }: Statement): boolean => effect === 'Deny' && conditions.length === 0;

function statementsOf(policy: Policy): { statements: Statement[]; doubts: Doubt[]; byArn?: boolean } {
  const { document } = policy;
  if (document.is === 'read') {
    const doubts = document.unjudged.map(({ index, why }) => ({
      policy: nameOf(policy),
      statement: index,
      why,
    }));
    return { statements: document.statements, doubts };
  }
  const known = knownDocument(policy.arn);
  if (known?.is === 'read') return { statements: known.statements, doubts: [], byArn: true };
  return { statements: [], doubts: [{ policy: nameOf(policy), why: document.why }] };
}

/** What names a policy, without its document. */
export const nameOf = ({ name, arn, holder }: Policy): PolicyName => ({ name, arn, holder });

/** The one service that a pattern is about; undefined when it isn't about one. */
export function serviceOf(action: Glob | undefined): string | undefined {
  const end = action?.prefix.indexOf(':') ?? -1;
  return end < 0 ? undefined : action?.prefix.slice(0, end);
}

/** True when something refuses every action on every resource, always: then nothing else counts. */
export function refusesAll({ denies }: Permissions): boolean {
  const everything: Scope = { is: 'all-but', globs: [] };
  return denies.some(
    ({ actions, resources }) => contains(actions, everything) && contains(resources, everything),
  );
}
