import type { IAMClient } from '@aws-sdk/client-iam';
import type { Asking, Fact, HeldPolicy, IamFacts, UserFacts, UserIdentity } from '../../domain/facts.ts';
import type { Clock } from '../../ports/clock.ts';
import { accessKeys, credentialReadings } from './credentials.ts';
import { type Documents, documentsOf } from './documents.ts';
import { groupReadings } from './group.ts';
import { managedPolicy, policyNames, withDocuments } from './held.ts';
import { otherReadings } from './others.ts';
import { type Counted, readings } from './reading.ts';
import { userOutline, userReadings } from './user.ts';
import { userPolicyReadings } from './user-policies.ts';

/** A card's facts cost no more calls than this. */
const CALLS_A_CARD = 12;

/** Facts of the account that the client belongs to; `ttl` in ms is for how long they are remembered. */
export function iamFacts({ client, clock, ttl }: { client: IAMClient; clock: Clock; ttl: number }): IamFacts {
  const reading = readings({ ttl, clock });
  const documents = documentsOf(client, reading);
  const ofGroup = groupReadings(client, reading, documents);
  const ofUser = userReadings(client, reading);
  const userPolicies = userPolicyReadings(client, reading, documents);
  const credentials = credentialReadings(client, reading);
  const others = otherReadings(client, reading);

  return {
    async cardFacts({ group, user }, plain) {
      const asking = counted(plain);
      const [names, origin, outline] = await Promise.all([
        group === undefined ? undefined : policyNames(group, ofGroup, asking),
        group === undefined ? undefined : ofGroup.origin([group], asking),
        user === undefined ? undefined : userOutline(user, ofUser, asking),
      ]);
      if (group === undefined || !names || !origin) return { user: outline };
      const left = CALLS_A_CARD - asking.calls.made;
      return {
        group: { group, origin, ...(await withDocuments(group, names, ofGroup, asking, left)) },
        user: outline,
      };
    },
    async groupGrants(group, plain) {
      const asking = counted(plain);
      const [names, identity] = await Promise.all([
        policyNames(group, ofGroup, asking),
        ofGroup.identity([group], asking),
      ]);
      return { group, identity, ...(await withDocuments(group, names, ofGroup, asking)) };
    },
    async userFacts(user, plain) {
      const asking = counted(plain);
      const [outline, groups, names, keys, sshKeys, certificates, services] = await Promise.all([
        userOutline(user, ofUser, asking),
        ofUser.groups([user], asking),
        policyNames(user, userPolicies, asking),
        accessKeys(user, credentials, asking),
        credentials.sshKeys([user], asking),
        credentials.certificates([user], asking),
        credentials.services([user], asking),
      ]);
      const [{ attached, inline }, boundary] = await Promise.all([
        withDocuments(user, names, userPolicies, asking),
        boundaryBy(outline.identity, documents, asking),
      ]);
      return {
        ...outline,
        groups,
        attached,
        inline,
        boundary,
        accessKeys: keys,
        sshKeys,
        certificates,
        serviceCredentials: services,
      } satisfies UserFacts;
    },
    accessKeys: (user, plain) => accessKeys(user, credentials, counted(plain)),
    role: (role, plain) => others.role([role], counted(plain)),
    names: (of, plain) => others[of]([], counted(plain)),
    async userGrants(user, plain) {
      const asking = counted(plain);
      const [identity, groups, own] = await Promise.all([
        ofUser.identity([user], asking),
        ofUser.groups([user], asking),
        policyNames(user, userPolicies, asking).then((names) =>
          withDocuments(user, names, userPolicies, asking),
        ),
      ]);
      const [boundary, grants] = await Promise.all([
        boundaryBy(identity, documents, asking),
        eachGroup(groups, async (group) => {
          const names = await policyNames(group, ofGroup, asking);
          return { group, ...(await withDocuments(group, names, ofGroup, asking)) };
        }),
      ]);
      return { user, attached: own.attached, inline: own.inline, boundary, groups: grants };
    },
  };
}

const counted = (asking: Asking): Counted => ({ ...asking, calls: { made: 0 } });

async function eachGroup<T>(groups: Fact<string[]>, read: (group: string) => Promise<T>): Promise<Fact<T[]>> {
  return groups.is === 'known' ? { ...groups, value: await Promise.all(groups.value.map(read)) } : groups;
}

async function boundaryBy(
  identity: Fact<UserIdentity>,
  documents: Documents,
  asking: Counted,
): Promise<Fact<HeldPolicy | null>> {
  if (identity.is !== 'known') return identity;
  const { boundary } = identity.value;
  if (boundary === undefined) return { ...identity, value: null };
  const document = await documents.of(boundary, asking);
  return { is: 'known', value: { ...managedPolicy(boundary), document }, at: identity.at };
}
