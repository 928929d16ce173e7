import { listed, name, type Sentence, say, strong, when } from '../../domain/answer.ts';
import type { HeldPolicy, UserFacts, UserGrants } from '../../domain/facts.ts';
import { boundaryOf, policiesOf } from '../../domain/policy/from-facts.ts';
import { standingWords } from '../../domain/policy/standing.ts';
import { judge } from '../../domain/policy/verdict.ts';
import { CREDENTIAL_COLUMNS, credentialRows } from '../answers/credential-rows.ts';
import { type Gaps, gaps } from '../answers/gaps.ts';
import { named } from './names.ts';
import type { LookedUp, Looking, LookUpNeeds, Wanted } from './wanted.ts';

/** A user as IAM has it now: rights, groups, credentials. */
export async function lookUpUser(
  needs: LookUpNeeds,
  { text, account }: Wanted,
  { signal }: Looking,
): Promise<LookedUp> {
  const { alerts, facts, clock } = needs;
  const { name: user, possible, unknown } = await named(needs, 'users', text, signal);
  if (!possible) return unknown();
  const [live, grants, ours] = await Promise.all([
    facts.userFacts(user, { signal }),
    facts.userGrants(user, { signal }),
    alerts.search({ subject: user, account, limit: 1, offset: 0 }),
  ]);
  if (live.identity.is === 'gone' && ours.total === 0) return unknown();
  const found = gaps();
  const gone = live.identity.is === 'gone';
  const rows = gone ? [] : credentialRows(live, found, clock.now());
  return {
    is: 'found',
    name: user,
    history: { subject: user, account },
    uncertain: live.identity.is !== 'known' && live.identity.is !== 'gone',
    answer: {
      at: found.asOf(live.identity.at),
      source: 'IAM',
      short: gone
        ? [say`IAM has no user ${name(user)}: deleted, or not visible yet`]
        : [identity(live, found), rights(grants), memberships(live, found)],
      more: gone ? [] : besides(live, found),
      table: rows.length === 0 ? undefined : { columns: CREDENTIAL_COLUMNS, rows },
      missing: found.missing,
    },
  };
}

function identity({ user, identity: fact }: UserFacts, found: Gaps): Sentence {
  const value = found.of(fact, `the user ${user}`);
  if (!value) return say`${name(user)}`;
  return say`${name(value.arn)}, id ${name(value.id)}, created ${when(value.createdAt)}`;
}

function rights(grants: UserGrants): Sentence {
  const { user, groups } = grants;
  const verdict = judge(
    [
      ...policiesOf(grants, `user ${user}`),
      ...(groups.is === 'known' ? groups.value.flatMap((one) => policiesOf(one, `group ${one.group}`)) : []),
    ],
    boundaryOf(grants.boundary),
  );
  const why = verdict.reasons.map(({ what }) => what);
  return [
    ...say`It has ${strong(standingWords(verdict.is))}`,
    ...(why.length > 0 ? [{ say: ': ' }, ...listed(why, 2)] : []),
  ];
}

function memberships({ user, groups }: UserFacts, found: Gaps): Sentence {
  const value = found.of(groups, `the groups of ${user}`);
  if (!value) return say`Its groups could not be read`;
  return value.length === 0 ? say`It is in no group` : [...say`Groups: `, ...listed(value, 8)];
}

function besides({ user, attached, inline, boundary, identity: fact }: UserFacts, found: Gaps): Sentence[] {
  const policies = [
    ...namesOf(found.of(attached, `the policies attached to ${user}`)),
    ...namesOf(found.of(inline, `the inline policies of ${user}`)),
  ];
  const edge = found.of(boundary, `the permissions boundary of ${user}`);
  const tags = fact.is === 'known' ? Object.entries(fact.value.tags) : [];
  return [
    policies.length === 0
      ? say`No policies of its own`
      : [...say`Policies of its own: `, ...listed(policies, 8)],
    ...(edge ? [say`Permissions boundary: ${name(edge.name)}`] : []),
    ...(tags.length > 0
      ? [
          [
            ...say`Tags: `,
            ...listed(
              tags.map(([key, value]) => `${key}=${value}`),
              8,
            ),
          ],
        ]
      : []),
  ];
}

const namesOf = (policies: readonly HeldPolicy[] | undefined): string[] =>
  (policies ?? []).map((policy) => policy.name);
