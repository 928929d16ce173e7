import { SWITCHED } from '../iam/credential-kinds.ts';
import type { Policy, User } from '../iam/entities.ts';
import type { IamView } from '../iam/iam.ts';
import { statementsOf } from '../policy/document.ts';
import type { Input } from '../wire/input.ts';

/** A write about one user, whose name is left out. */
export interface Step {
  action: string;
  input: Input;
}

/** What takes off every policy and boundary that denies everything, with a condition or without. */
export function denialsOff(view: IamView, user: User): Step[] {
  const denying = (arn: string) => deniesAll(documentOf(view.policies.get(arn)));
  const attached = user.attached.filter(denying);
  const inline = user.inline.filter(({ document }) => deniesAll(document));
  return [
    ...attached.map((PolicyArn) => ({ action: 'DetachUserPolicy', input: { PolicyArn } })),
    ...inline.map(({ name }) => ({ action: 'DeleteUserPolicy', input: { PolicyName: name } })),
    ...(user.boundary && denying(user.boundary)
      ? [{ action: 'DeleteUserPermissionsBoundary', input: {} }]
      : []),
  ];
}

/** Whatever has to go before the user itself can be deleted. */
export function everythingOff(user: User): Step[] {
  return [
    ...user.groups.map((GroupName) => ({ action: 'RemoveUserFromGroup', input: { GroupName } })),
    ...user.attached.map((PolicyArn) => ({ action: 'DetachUserPolicy', input: { PolicyArn } })),
    ...user.inline.map(({ name }) => ({ action: 'DeleteUserPolicy', input: { PolicyName: name } })),
    ...user.mfa.map(({ serial }) => ({ action: 'DeactivateMFADevice', input: { SerialNumber: serial } })),
    ...(user.login ? [{ action: 'DeleteLoginProfile', input: {} }] : []),
    ...SWITCHED.flatMap(({ kind, actions, idName }) =>
      user.credentials
        .filter((one) => one.kind === kind)
        .map(({ id }) => ({ action: actions.delete, input: { [idName]: id } })),
    ),
  ];
}

function documentOf(policy: Policy | undefined): string {
  return policy?.versions.find(({ id }) => id === policy.defaultVersion)?.document ?? '{}';
}

function deniesAll(document: string): boolean {
  const statements = document.includes('Deny') ? statementsOf(document) : [];
  return statements.some(
    ({ effect, actions, resources }) =>
      effect === 'Deny' && actions.patterns.includes('*') && resources.patterns.includes('*'),
  );
}
