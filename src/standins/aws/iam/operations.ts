import { ATTACHED_POLICY_OPERATIONS } from './attached-policies.ts';
import { CREDENTIAL_OPERATIONS } from './credentials.ts';
import { GROUP_OPERATIONS } from './groups.ts';
import { INLINE_POLICY_OPERATIONS } from './inline-policies.ts';
import { MANAGED_POLICY_OPERATIONS } from './managed-policies.ts';
import { type IamOperations, list } from './operation.ts';
import { ROLE_OPERATIONS } from './roles.ts';
import { SIGN_IN_OPERATIONS } from './sign-in.ts';
import { SIMULATE_OPERATIONS } from './simulate.ts';
import { onAnything } from './target.ts';
import { USER_OPERATIONS } from './users.ts';

/** Everything that IAM does here, by name. */
export const IAM_OPERATIONS: IamOperations = {
  ...USER_OPERATIONS,
  ...GROUP_OPERATIONS,
  ...ROLE_OPERATIONS,
  ...ATTACHED_POLICY_OPERATIONS,
  ...INLINE_POLICY_OPERATIONS,
  ...MANAGED_POLICY_OPERATIONS,
  ...CREDENTIAL_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...SIMULATE_OPERATIONS,
  ListAccountAliases: list('AccountAliases', [], onAnything, ({ iam }) => iam.aliases),
};
