import {
  type Fact,
  type GroupOutline,
  type HeldPolicies,
  type HeldPolicy,
  type UserGrants,
  unknownBecause,
} from '../facts.ts';
import { type Change, changeBy } from './change.ts';
import { readDocument } from './document.ts';
import type { Policy } from './policy.ts';

/**
 * What a group or user has been given, ready to be judged. `holder` (`group admins`) says whose it is. A list or a
 * document that couldn't be read stands in as a policy that can't be judged; of a deleted holder nothing is left.
 */
export function policiesOf({ attached, inline }: HeldPolicies, holder: string): Policy[] {
  return [...listed(attached, 'attached policies', holder), ...listed(inline, 'inline policies', holder)];
}

function listed(list: Fact<HeldPolicy[]>, what: string, holder: string): Policy[] {
  if (list.is === 'known') return list.value.map((held) => ({ ...policyOf(held), holder }));
  if (list.is === 'gone') return [];
  const why = unknownBecause(list, `the ${what} of ${holder}`) ?? '';
  return [{ name: what, holder, document: { is: 'unjudgeable', why } }];
}

function policyOf({ name, arn, document }: HeldPolicy): Policy {
  const why = unknownBecause(document, `the policy ${name}`) ?? '';
  return {
    name,
    arn,
    document: document?.is === 'known' ? readDocument(document.value.text) : { is: 'unjudgeable', why },
  };
}

/** A user's permissions boundary, ready to judge by; undefined when there is none. */
export function boundaryOf(boundary: Fact<HeldPolicy | null>): Policy | undefined {
  if (boundary.is === 'known') return boundary.value ? policyOf(boundary.value) : undefined;
  const why = unknownBecause(boundary, 'the permissions boundary') ?? '';
  return boundary.is === 'gone'
    ? undefined
    : { name: 'permissions boundary', document: { is: 'unjudgeable', why } };
}

/** What a group adds to what the user has of itself, and by its other groups. */
export function changeByGroup(user: UserGrants, group: GroupOutline): Change {
  const holder = `user ${user.user}`;
  const { groups } = user;
  const why = unknownBecause(groups, `the groups of ${holder}`);
  const unread: Policy[] = why ? [{ name: 'groups', holder, document: { is: 'unjudgeable', why } }] : [];
  const others = groups.is === 'known' ? groups.value.filter((one) => !isSame(one.group, group.group)) : [];
  return changeBy(
    [
      ...policiesOf(user, holder),
      ...others.flatMap((one) => policiesOf(one, `group ${one.group}`)),
      ...(groups.is === 'gone' ? [] : unread),
    ],
    policiesOf(group, `group ${group.group}`),
    boundaryOf(user.boundary),
  );
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
