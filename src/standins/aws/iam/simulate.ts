import type { Decision } from '../policy/decide.ts';
import { contextOf } from '../policy/statement.ts';
import { invalid, optional, structures, text, texts } from '../wire/input.ts';
import { decideFor } from './access.ts';
import { findGroup, findRole, findUser, type IdentityKind } from './iam.ts';
import { type Ground, type IamOperations, list, type Shape } from './operation.ts';
import type { Target } from './target.ts';

/** What IAM's policy simulator says, by this stand-in's own evaluation. */
export const SIMULATE_OPERATIONS: IamOperations = {
  SimulatePrincipalPolicy: list(
    'EvaluationResults',
    ['PolicySourceArn', 'ActionNames'],
    ({ input }): Target => {
      const arn = optional(input, 'PolicySourceArn') ?? '';
      return { arn, named: arn };
    },
    (ground) => {
      const resources = texts(ground.input, 'ResourceArns');
      return texts(ground.input, 'ActionNames').flatMap((action) =>
        (resources.length > 0 ? resources : ['*']).map((resource) => evaluated(ground, action, resource)),
      );
    },
  ),
};

function evaluated(ground: Ground, action: string, resource: string): Shape {
  const { kind, name } = sourceOf(ground);
  const entries = structures(ground.input, 'ContextEntries').map((entry): [string, string[]] => [
    text(entry, 'ContextKeyName'),
    texts(entry, 'ContextKeyValues'),
  ]);
  const context = contextOf(kind === 'User' ? { 'aws:username': name } : {}, Object.fromEntries(entries));
  const decision = decideFor(ground.view, kind, name, { action, resource, context });
  return { EvalActionName: action, EvalResourceName: resource, ...decisionShape(decision) };
}

function decisionShape(decision: Decision): Shape {
  const matched = (by: string | undefined) => (by === undefined ? [] : [{ SourcePolicyId: by }]);
  if (decision.is === 'allowed')
    return { EvalDecision: 'allowed', MatchedStatements: matched(decision.by), MissingContextValues: [] };
  return {
    EvalDecision: decision.explicit ? 'explicitDeny' : 'implicitDeny',
    MatchedStatements: matched(decision.by),
    MissingContextValues: [],
    PermissionsBoundaryDecisionDetail:
      decision.in === 'permissions boundary' ? { AllowedByPermissionsBoundary: false } : undefined,
  };
}

/** Refuses with NoSuchEntity. */
function sourceOf({ input, view }: Ground): { kind: IdentityKind; name: string } {
  const arn = text(input, 'PolicySourceArn');
  const [, kind, name = ''] = /:(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === 'user') return { kind: 'User', name: findUser(view, name).name };
  if (kind === 'group') return { kind: 'Group', name: findGroup(view, name).name };
  if (kind === 'role') return { kind: 'Role', name: findRole(view, name).name };
  throw invalid(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
}
