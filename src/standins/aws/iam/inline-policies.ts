import { statementsOf } from '../policy/document.ts';
import { text } from '../wire/input.ts';
import type { IdentityKind } from './iam.ts';
import { changePolicies, theIdentity } from './identities.ts';
import { type Ground, type IamOperations, list, read, write } from './operation.ts';
import { charactersOf, INLINE_CHARACTERS, limitExceeded } from './quotas.ts';
import { noSuchEntity } from './refusals.ts';
import { encoded } from './shapes.ts';
import { ON } from './target.ts';

/** Inline policies of users, groups and roles: the same four operations for each. */
export const INLINE_POLICY_OPERATIONS: IamOperations = {
  ...operationsFor('User'),
  ...operationsFor('Group'),
  ...operationsFor('Role'),
};

function operationsFor(kind: IdentityKind): IamOperations {
  const name = `${kind}Name`;
  return {
    [`List${kind}Policies`]: list('PolicyNames', [name], ON[kind], (ground) =>
      theIdentity(kind, ground).inline.map((one) => one.name),
    ),
    [`Get${kind}Policy`]: read([name, 'PolicyName'], ON[kind], (ground) => {
      const policy = thePolicy(kind, ground);
      return {
        [name]: theIdentity(kind, ground).name,
        PolicyName: policy.name,
        PolicyDocument: encoded(policy.document),
      };
    }),
    [`Put${kind}Policy`]: write([name, 'PolicyName', 'PolicyDocument'], ON[kind], (ground) => {
      const policy = {
        name: text(ground.input, 'PolicyName'),
        document: text(ground.input, 'PolicyDocument'),
      };
      statementsOf(policy.document);
      const identity = theIdentity(kind, ground);
      const inline = [...identity.inline.filter((one) => one.name !== policy.name), policy];
      const most = INLINE_CHARACTERS[kind];
      if (inline.reduce((sum, { document }) => sum + charactersOf(document), 0) > most)
        throw limitExceeded(
          `Maximum policy size of ${most} bytes exceeded for ${kind.toLowerCase()} ${identity.name}`,
        );
      changePolicies(kind, ground, { inline });
    }),
    [`Delete${kind}Policy`]: write([name, 'PolicyName'], ON[kind], (ground) => {
      const gone = thePolicy(kind, ground);
      changePolicies(kind, ground, {
        inline: theIdentity(kind, ground).inline.filter((one) => one !== gone),
      });
    }),
  };
}

function thePolicy(kind: IdentityKind, ground: Ground): { name: string; document: string } {
  const name = text(ground.input, 'PolicyName');
  const policy = theIdentity(kind, ground).inline.find((one) => one.name === name);
  if (policy) return policy;
  throw noSuchEntity(`The ${kind.toLowerCase()} policy with name ${name} cannot be found.`);
}
