import { Refusal } from '../wire/answer.ts';
import type { IdentityKind } from './iam.ts';

/** docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const QUOTA = {
  groupsPerUser: 10,
  attachedPolicies: 10,
  policyVersions: 5,
  accessKeys: 2,
  sshKeys: 5,
  certificates: 2,
  /** Of one user and service. */
  serviceCredentials: 2,
  mfaDevices: 8,
  tags: 50,
  managedPolicyCharacters: 6_144,
};

/** Characters of all inline policies together, blanks not counted. */
export const INLINE_CHARACTERS: Record<IdentityKind, number> = { User: 2_048, Group: 5_120, Role: 10_240 };

/** Refuses with LimitExceeded, 409, when there is no room for one more. */
export function roomFor(count: number, most: number, quota: string): void {
  if (count < most) return;
  throw limitExceeded(`Cannot exceed quota for ${quota}: ${most}`);
}

/** The refusal of what is beyond a quota. The SDK takes it for throttling and tries again. */
export function limitExceeded(message: string): Refusal {
  return new Refusal('LimitExceeded', message, 409);
}

/** How a document counts against its quota. */
export function charactersOf(document: string): number {
  return document.replace(/\s/g, '').length;
}
