import { say, strong } from '../../domain/answer.ts';
import { changeByGroup } from '../../domain/policy/from-facts.ts';
import { standingWords } from '../../domain/policy/standing.ts';
import { grantInWords } from '../../domain/risk/grants-evidence.ts';
import { askingOf, type FindAnswer, type FindNeeds } from './finder.ts';
import { gaps } from './gaps.ts';

/** What the user could do before, and what the group adds to it, the strongest first. */
export const findLeastPrivilege =
  ({ facts, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { subject, object } = about;
    const found = gaps();
    if (subject === undefined || object === undefined) {
      const short = [say`The record doesn't name user and group`];
      return { at: clock.now(), source: 'the record', short, more: [], missing: [] };
    }
    const asking = askingOf(about, asked);
    const [user, group] = await Promise.all([
      facts.userGrants(subject, asking),
      facts.groupGrants(object, asking),
    ]);
    for (const [fact, what] of [
      [user.attached, `the policies attached to ${subject}`],
      [user.inline, `the inline policies of ${subject}`],
      [user.groups, `the groups of ${subject}`],
      [user.boundary, `the permissions boundary of ${subject}`],
      [group.attached, `the policies attached to the group ${object}`],
      [group.inline, `the inline policies of the group ${object}`],
    ] as const)
      found.of<unknown>(fact, what);
    const { before, after, newReasons, newGrants } = changeByGroup(user, group);
    const adds = newReasons.map(({ what }) => what);
    return {
      at: found.asOf(clock.now()),
      source: 'IAM, without what service control policies and policies of resources refuse',
      short: [
        say`Before: ${strong(standingWords(before.is))}. With the group: ${strong(standingWords(after.is))}`,
        newGrants.length === 0
          ? say`The group adds nothing that the user couldn't do before`
          : say`The group adds ${strong(newGrants.length)} grants${adds.length > 0 ? `: ${adds.slice(0, 2).join('; ')}` : ''}`,
      ],
      more: [],
      table:
        newGrants.length === 0
          ? undefined
          : {
              columns: ['New', 'Grant', 'Access'],
              rows: newGrants.map((grant, n) => [String(n + 1), grantInWords(grant), grant.access]),
            },
      missing: found.missing,
    };
  };
