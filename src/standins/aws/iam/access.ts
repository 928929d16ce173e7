import type { Decision, NamedPolicy } from '../policy/decide.ts';
import { decide, type PolicyRequest } from '../policy/decide.ts';
import { statementsOf } from '../policy/document.ts';
import { Refusal } from '../wire/answer.ts';
import type { Identity, Policy } from './entities.ts';
import type { IamView, IdentityKind } from './iam.ts';

/** What the policies of a user (its groups' included), group or role say about a call. */
export function decideFor(view: IamView, kind: IdentityKind, name: string, request: PolicyRequest): Decision {
  const readers = { User: view.users, Group: view.groups, Role: view.roles };
  const identity = readers[kind].get(name);
  if (!identity) return { is: 'denied', explicit: false, in: 'identity-based policy' };
  const groups = kind === 'User' ? (view.users.get(name)?.groups ?? []) : [];
  const identities = [identity, ...groups.map((one) => view.groups.get(one))];
  const { boundary } = identity;
  return decide(
    {
      identity: identities.filter((one) => one !== undefined).flatMap((one) => policiesOn(view, one)),
      boundary: boundary === undefined ? undefined : namedPolicy(boundary, view.policies.get(boundary)),
    },
    request,
  );
}

function policiesOn(view: IamView, { attached, inline }: Identity): NamedPolicy[] {
  return [
    ...attached.map((arn) => namedPolicy(arn, view.policies.get(arn))),
    ...inline.map(({ name, document }) => ({ name, statements: statementsIn(document) })),
  ];
}

function namedPolicy(name: string, policy: Policy | undefined): NamedPolicy {
  const version = policy?.versions.find(({ id }) => id === policy.defaultVersion);
  return { name, statements: version ? statementsIn(version.document) : [] };
}

/** A document that a test put there and that isn't one says nothing. */
function statementsIn(document: string): NamedPolicy['statements'] {
  try {
    return statementsOf(document);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
