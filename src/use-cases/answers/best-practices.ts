import { name, type Sentence, say, strong } from '../../domain/answer.ts';
import type { UserFacts } from '../../domain/facts.ts';
import { policiesOf } from '../../domain/policy/from-facts.ts';
import { judge } from '../../domain/policy/verdict.ts';
import { DAY, spanInWords } from '../../domain/time.ts';
import { askingOf, type FindAnswer, type FindNeeds } from './finder.ts';
import { type Gaps, gaps } from './gaps.ts';
import { userOf } from './whose.ts';

/** Source: docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html, rotate or remove after 90 days. */
const OLD = 90 * DAY;

const LINKS: Sentence[] = [
  [
    {
      link: 'Security best practices in IAM',
      to: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    },
  ],
  [
    {
      link: 'Temporary elevated access',
      to: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/temporary-elevated-access.html',
    },
  ],
];

/** What would have made it harder, as far as IAM shows it: of the added user and the actor. */
export const findBestPractices =
  ({ facts, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, subject, object } = about;
    const asking = askingOf(about, asked);
    const found = gaps();
    const users = [...new Set([subject, userOf(event.actor)].filter((one) => one !== undefined))];
    const weak: Sentence[] = [];
    for (const user of users)
      weak.push(...weaknesses(await facts.userFacts(user, asking), found, clock.now()));
    if (object !== undefined) {
      const group = await facts.groupGrants(object, asking);
      const verdict = judge(policiesOf(group, `group ${object}`));
      found.of(group.attached, `the policies attached to the group ${object}`);
      const members = found.of(group.identity, `the members of the group ${object}`)?.members.length;
      if (verdict.is === 'administrator')
        weak.push(
          say`The group ${name(object)} gives administrator rights${members === undefined ? '' : ` to ${members} users`} for good: let them take on a role when needed`,
        );
    }
    return {
      at: found.asOf(clock.now()),
      source: 'IAM',
      short: weak.length > 0 ? weak.slice(0, 3) : [say`Nothing that IAM shows is missing`],
      more: [...weak.slice(3), ...LINKS],
      missing: found.missing,
    };
  };

function weaknesses(user: UserFacts, found: Gaps, now: number): Sentence[] {
  const weak: Sentence[] = [];
  const of = user.user;
  const mfa = found.of(user.mfa, `the MFA devices of ${of}`);
  const password = found.of(user.password, `whether ${of} has a password`);
  if (password && mfa?.length === 0)
    weak.push(say`${name(of)} has a password ${strong('without a second factor')}`);
  for (const key of found.of(user.accessKeys, `the access keys of ${of}`) ?? []) {
    if (key.status !== 'Active') continue;
    const age = now - key.createdAt;
    if (age > OLD) weak.push(say`The key ${name(key.id)} of ${name(of)} is ${strong(spanInWords(age))} old`);
    const use = key.lastUse.is === 'known' ? key.lastUse.value : undefined;
    if (use === null || (use && now - use.at > OLD))
      weak.push(say`The key ${name(key.id)} of ${name(of)} isn't used: switch it off`);
  }
  return weak;
}
