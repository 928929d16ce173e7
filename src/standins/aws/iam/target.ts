import { arnIn } from '../home.ts';
import { optional } from '../wire/input.ts';
import type { Tags } from './entities.ts';
import { arnOf, type IdentityKind } from './iam.ts';
import type { Ground } from './operation.ts';

/** What permission is asked on. */
export interface Target {
  arn: string;
  /** As IAM's refusals name it: `user ana`. */
  named: string;
  tags?: Tags;
  boundary?: string;
}

/** The user, group or role of the call; one that isn't there has its ARN all the same. */
const on =
  (kind: IdentityKind) =>
  ({ view, input, home }: Ground): Target => {
    const name = optional(input, `${kind}Name`) ?? '';
    const readers = { User: view.users, Group: view.groups, Role: view.roles };
    const entity = readers[kind].get(name);
    return {
      tags: entity?.tags,
      boundary: entity?.boundary,
      arn: arnOf(home, kind, entity ?? { path: '/', name }),
      named: `${kind.toLowerCase()} ${entity?.name ?? name}`,
    };
  };

/** The user that UserName names. */
export const onUser = on('User');
/** The group that GroupName names. */
export const onGroup = on('Group');
/** The role that RoleName names. */
export const onRole = on('Role');

/** By kind, where an operation is there for each. */
export const ON = { User: onUser, Group: onGroup, Role: onRole };

/** The policy whose ARN the call gives. */
export function onPolicy({ input }: Ground): Target {
  const arn = optional(input, 'PolicyArn') ?? '';
  return { arn, named: `policy ${arn}` };
}

/** What the call is to create. */
export function onNew(kind: IdentityKind | 'Policy') {
  return ({ input, home }: Ground): Target => {
    const path = optional(input, 'Path') ?? '/';
    const arn = arnIn(home, 'iam', `${kind.toLowerCase()}${path}${optional(input, `${kind}Name`)}`);
    return { arn, named: arn };
  };
}

/** Lists of a whole kind, as in `arn:aws:iam::111122223333:user/`. */
export function onAll(kind: IdentityKind) {
  return ({ home }: Ground): Target => {
    const arn = arnIn(home, 'iam', `${kind.toLowerCase()}/`);
    return { arn, named: arn };
  };
}

/** What knows no resource. */
export function onAnything(): Target {
  return { arn: '*', named: '*' };
}
