import type { Estate } from '../estate.ts';
import { arnIn } from '../home.ts';
import type { Identity } from '../iam/entities.ts';

/** A policy document, as an object or as the text that it is kept as. */
export type Document = object | string;

/** Policies by ARN or by name alone (one of the account's own, else AWS's), and inline ones by name. */
export interface GivenPolicies {
  attached?: readonly string[];
  inline?: Readonly<Record<string, Document>>;
  path?: string;
  /** Default: a year ago. */
  createdAt?: Date;
}

/** What users, groups and roles share. */
export type Policied = Omit<Identity, 'tags' | 'boundary'>;

const YEAR_MS = 365 * 24 * 3600_000;

/** A user, group or role with its policies and a new id. */
export function policied(
  estate: Estate,
  prefix: 'AIDA' | 'AGPA' | 'AROA',
  asked: GivenPolicies & { name: string },
): Policied {
  const documents = Object.entries(asked.inline ?? {});
  return {
    name: asked.name,
    path: asked.path ?? '/',
    id: estate.ids.principal(prefix, asked.name),
    createdAt: since(estate, asked.createdAt),
    attached: (asked.attached ?? []).map((one) => policyArn(estate, one)),
    inline: documents.map(([name, document]) => ({ name, document: documentText(document) })),
  };
}

/** By name alone: one of the account's own, else AWS's. */
export function policyArn({ iam, home }: Estate, policy: string): string {
  if (policy.startsWith('arn:')) return policy;
  const own = arnIn(home, 'iam', `policy/${policy}`);
  return iam.now.policies.get(own) ? own : `arn:${home.partition}:iam::aws:policy/${policy}`;
}

/** When it was made, in ms since epoch. */
export function since({ clock }: Estate, at: Date | undefined): number {
  return at?.getTime() ?? clock() - YEAR_MS;
}

/** As IAM keeps it. */
export function documentText(document: Document): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
