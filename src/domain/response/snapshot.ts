import type { Instant } from '../time.ts';

/** A credential that can be set to inactive. */
export interface Credential {
  id: string;
  status: 'Active' | 'Inactive' | 'Expired';
  createdAt?: Instant;
  /** Of access keys only; IAM doesn't tell it of the others. */
  lastUsed?: { at: Instant; service: string; region: string };
  /** Of service-specific credentials: the service's host name. */
  service?: string;
}

/** A user as IAM has it now: all that containment may change, or that an attacker may have added. */
export interface UserSnapshot {
  takenAt: Instant;
  user: string;
  /** AIDA…: a user who is created again under the same name has another one. */
  userId: string;
  arn: string;
  createdAt: Instant;
  tags: Record<string, string>;
  /** ARN of the permissions boundary. */
  boundary?: string;
  /** ARNs, sorted. */
  attachedPolicies: string[];
  /** Documents as decoded JSON text, by name. */
  inlinePolicies: Record<string, string>;
  groups: { name: string; id: string; createdAt: Instant }[];
  accessKeys: Credential[];
  serviceCredentials: Credential[];
  sshKeys: Credential[];
  certificates: Credential[];
  /** Serial numbers or ARNs, sorted. */
  mfaDevices: string[];
  password?: { createdAt: Instant; resetRequired: boolean; lastUsedAt?: Instant };
}

/** A role as IAM has it now, with the policies that revoking its sessions may touch. */
export interface RoleSnapshot {
  takenAt: Instant;
  role: string;
  roleId: string;
  arn: string;
  path: string;
  tags: Record<string, string>;
  inlinePolicies: Record<string, string>;
  maxSessionSeconds: number;
}
