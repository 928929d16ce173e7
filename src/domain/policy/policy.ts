import type { Document } from './document.ts';

/** A policy that somebody has; `holder` says through whom (`group admins`), where it matters. */
export interface PolicyName {
  name: string;
  /** Of a managed policy. */
  arn?: string;
  holder?: string;
}

/** A policy with what could be read of it. */
export interface Policy extends PolicyName {
  document: Document;
}

/** Evidence: what one statement allows, in its own words. `statement` counts from 0. */
export interface Grant {
  policy: PolicyName;
  statement: number;
  sid?: string;
  /** `iam:Attach*`, or `NotAction iam:*, organizations:*`. */
  action: string;
  /** `*`, an ARN, or `NotResource …`. */
  resource: string;
  /** The condition keys that it depends on; empty when it always holds. */
  conditions: string[];
  access: 'read' | 'write';
  /** The document couldn't be read: this is known by the policy's ARN. */
  byArn?: boolean;
}

/** What couldn't be judged: a whole document, or one statement of it. */
export interface Doubt {
  policy: PolicyName;
  statement?: number;
  why: string;
}

/** What a set of policies can amount to, the strongest first. */
export const STANDINGS = ['administrator', 'escalation', 'broad-write', 'narrow', 'nothing'] as const;
/** One of them. */
export type Standing = (typeof STANDINGS)[number];

/** One reason for a verdict above narrow, with the grants that make it. */
export interface Reason {
  is: 'administrator' | 'escalation' | 'broad-write';
  /** The same for the same reason in other policies: `iam:PassRole + ec2:RunInstances`, `write: s3`. */
  id: string;
  /** In words, for people. It quotes policies, which are outside text. */
  what: string;
  grants: Grant[];
  /** It holds under a condition only. */
  conditional: boolean;
}
