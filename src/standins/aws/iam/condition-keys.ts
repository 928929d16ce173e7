import { type Input, optional } from '../wire/input.ts';
import type { Target } from './target.ts';

const ATTACHES = /^(Attach|Detach)(User|Group|Role)Policy$/;
const BOUNDED = /^(Attach|Detach|Put|Delete)(User|Role)Policy$|^Create(User|Role)$|PermissionsBoundary$/;

/**
 * IAM's own condition keys, for the actions that have them.
 * docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function iamKeys(
  action: string,
  { boundary }: Target,
  input: Input,
): Record<string, string | undefined> {
  // The boundary that the call sets; where it sets none, the one that stands.
  const bounded = optional(input, 'PermissionsBoundary') ?? boundary;
  return {
    'iam:PolicyARN': ATTACHES.test(action) ? optional(input, 'PolicyArn') : undefined,
    'iam:PermissionsBoundary': BOUNDED.test(action) ? bounded : undefined,
    'iam:ServiceSpecificCredentialServiceName':
      action === 'CreateServiceSpecificCredential' ? optional(input, 'ServiceName') : undefined,
  };
}
