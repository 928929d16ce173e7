import { Refusal } from '../wire/answer.ts';
import { text } from '../wire/input.ts';
import type { Identity, Role } from './entities.ts';
import { findGroup, findRole, findUser, type IdentityKind } from './iam.ts';
import type { Ground } from './operation.ts';

/** The user, group or role of a call. Refuses with NoSuchEntity. */
export function theIdentity(kind: IdentityKind, { view, input }: Ground): Identity {
  const name = text(input, `${kind}Name`);
  const find = { User: findUser, Group: findGroup, Role: findRole };
  return find[kind](view, name);
}

/** Puts other policies on the user, group or role of a call. */
export function changePolicies(
  kind: IdentityKind,
  ground: Ground,
  policies: Partial<Pick<Identity, 'attached' | 'inline'>>,
): void {
  const { iam, view, input } = ground;
  const name = text(input, `${kind}Name`);
  switch (kind) {
    case 'User':
      iam.users.put(name, { ...findUser(view, name), ...policies });
      break;
    case 'Group':
      iam.groups.put(name, { ...findGroup(view, name), ...policies });
      break;
    case 'Role':
      iam.roles.put(name, { ...modifiable(findRole(view, name)), ...policies });
  }
}

/** Refuses with UnmodifiableEntity: service-linked roles and those of Identity Center are changed by AWS only. */
export function modifiable(role: Role): Role {
  if (!/^\/(aws-service-role|aws-reserved)\//.test(role.path)) return role;
  throw new Refusal(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  );
}
