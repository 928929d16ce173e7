import { optional, text } from '../wire/input.ts';
import { findPolicy, type IdentityKind } from './iam.ts';
import { changePolicies, theIdentity } from './identities.ts';
import { type IamOperations, list, write } from './operation.ts';
import { QUOTA, roomFor } from './quotas.ts';
import { noSuchEntity } from './refusals.ts';
import { ON } from './target.ts';

/** Managed policies on users, groups and roles: the same three operations for each. */
export const ATTACHED_POLICY_OPERATIONS: IamOperations = {
  ...operationsFor('User'),
  ...operationsFor('Group'),
  ...operationsFor('Role'),
};

function operationsFor(kind: IdentityKind): IamOperations {
  const name = `${kind}Name`;
  return {
    [`ListAttached${kind}Policies`]: list('AttachedPolicies', [name], ON[kind], (ground) =>
      theIdentity(kind, ground)
        .attached.map((arn) => findPolicy(ground.view, arn))
        .filter(({ path }) => path.startsWith(optional(ground.input, 'PathPrefix') ?? '/'))
        .map((policy) => ({ PolicyName: policy.name, PolicyArn: policy.arn })),
    ),
    /** Attaching it again changes nothing and is no error. */
    [`Attach${kind}Policy`]: write([name, 'PolicyArn'], ON[kind], (ground) => {
      const { attached } = theIdentity(kind, ground);
      const arn = text(ground.input, 'PolicyArn');
      if (!ground.view.policies.get(arn))
        throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
      if (!attached.includes(arn)) {
        roomFor(attached.length, QUOTA.attachedPolicies, `PoliciesPer${kind}`);
        changePolicies(kind, ground, { attached: [...attached, arn] });
      }
    }),
    [`Detach${kind}Policy`]: write([name, 'PolicyArn'], ON[kind], (ground) => {
      const { attached } = theIdentity(kind, ground);
      const arn = text(ground.input, 'PolicyArn');
      if (!attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      changePolicies(kind, ground, { attached: attached.filter((one) => one !== arn) });
    }),
  };
}
