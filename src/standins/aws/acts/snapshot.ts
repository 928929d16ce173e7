import { createHash } from 'node:crypto';
import type { Estate } from '../estate.ts';
import type { Credential, Identity } from '../iam/entities.ts';
import { findRole, findUser } from '../iam/iam.ts';
import { parsedOf } from '../wire/json.ts';

/** What a user is and has, in an order that doesn't depend on what was done to it: two of them can be compared. */
export interface UserState {
  userId: string;
  path: string;
  groups: string[];
  attached: string[];
  inline: Record<string, unknown>;
  boundary: string | null;
  tags: Record<string, string>;
  /** By id: what it is, and its status. */
  credentials: Record<string, string>;
  /** Null without a console password; when it was made, and a digest to tell it from another. */
  password: { createdAt: string; digest: string; resetRequired: boolean } | null;
  mfa: string[];
}

/** As the last write left the user. Uses of credentials don't show. Refuses with NoSuchEntity. */
export function stateOf({ iam }: Estate, name: string): UserState {
  const user = findUser(iam.now, name);
  const { login } = user;
  return {
    userId: user.id,
    path: user.path,
    groups: user.groups.map((one) => iam.now.groups.get(one)?.name ?? one).sort(),
    ...policyState(user),
    boundary: user.boundary ?? null,
    tags: Object.fromEntries(Object.entries(user.tags).sort(byKey)),
    credentials: Object.fromEntries(user.credentials.map(credentialState).sort(byKey)),
    password: login
      ? {
          createdAt: new Date(login.createdAt).toISOString(),
          digest: createHash('sha256').update(login.password).digest('hex').slice(0, 8),
          resetRequired: login.resetRequired,
        }
      : null,
    mfa: user.mfa.map(({ serial }) => serial).sort(),
  };
}

/** As the last write left the role. Refuses with NoSuchEntity. */
export function roleStateOf({ iam }: Estate, name: string) {
  const role = findRole(iam.now, name);
  return {
    roleId: role.id,
    trust: parsedOf(role.trust) ?? role.trust,
    ...policyState(role),
    boundary: role.boundary ?? null,
  };
}

function policyState({ attached, inline }: Identity): Pick<UserState, 'attached' | 'inline'> {
  const documents = inline.map(({ name, document }): [string, unknown] => [
    name,
    parsedOf(document) ?? document,
  ]);
  return { attached: attached.toSorted(), inline: Object.fromEntries(documents.sort(byKey)) };
}

function credentialState({ id, kind, status }: Credential): [string, string] {
  return [id, `${kind} ${status}`];
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
