import { listed, name, say, strong, when } from '../../domain/answer.ts';
import { policiesOf } from '../../domain/policy/from-facts.ts';
import { standingWords } from '../../domain/policy/standing.ts';
import { judge } from '../../domain/policy/verdict.ts';
import { grantInWords } from '../../domain/risk/grants-evidence.ts';
import { gaps } from '../answers/gaps.ts';
import { named } from './names.ts';
import type { LookedUp, Looking, LookUpNeeds, Wanted } from './wanted.ts';

/** A group as IAM has it now: what it grants, and who is in it. */
export async function lookUpGroup(
  needs: LookUpNeeds,
  { text, account }: Wanted,
  { signal }: Looking,
): Promise<LookedUp> {
  const { alerts, facts } = needs;
  const { name: group, possible, unknown } = await named(needs, 'groups', text, signal);
  if (!possible) return unknown();
  const [live, ours] = await Promise.all([
    facts.groupGrants(group, { signal }),
    alerts.search({ object: group, account, limit: 1, offset: 0 }),
  ]);
  const gone = live.identity.is === 'gone';
  if (gone && ours.total === 0) return unknown();
  const history = { object: group, account };
  if (gone) {
    const short = [say`IAM has no group ${name(group)}: deleted, or not visible yet`];
    const answer = { at: live.identity.at, source: 'IAM', short, more: [], missing: [] };
    return { is: 'found', name: group, history, answer };
  }
  const found = gaps();
  const identity = found.of(live.identity, `the group ${group}`);
  const policies = [
    ...(found.of(live.attached, `the policies attached to the group ${group}`) ?? []),
    ...(found.of(live.inline, `the inline policies of the group ${group}`) ?? []),
  ];
  const { is, reasons, grants } = judge(policiesOf(live, `group ${group}`));
  const why = reasons.map(({ what }) => what);
  return {
    is: 'found',
    name: group,
    history,
    uncertain: live.identity.is !== 'known' && live.identity.is !== 'gone',
    answer: {
      at: found.asOf(live.identity.at),
      source: 'IAM',
      short: [
        identity
          ? say`${name(identity.arn)}, id ${name(identity.id)}, created ${when(identity.createdAt)}`
          : say`${name(group)}`,
        [
          ...say`It grants ${strong(standingWords(is))}`,
          ...(why.length > 0 ? [{ say: ': ' }, ...listed(why, 3)] : []),
        ],
        identity
          ? [...say`${strong(identity.members.length)} members: `, ...listed(identity.members, 10)]
          : say`Its members could not be read`,
      ],
      more: [
        policies.length === 0
          ? say`No policies`
          : [
              ...say`Policies: `,
              ...listed(
                policies.map((policy) => policy.name),
                10,
              ),
            ],
      ],
      table:
        grants.length === 0
          ? undefined
          : {
              columns: ['Grant', 'Access'],
              rows: grants.map((grant) => [grantInWords(grant), grant.access]),
            },
      missing: found.missing,
    },
  };
}
