import type { Granted, Unread } from '../assessment.ts';
import { type CardFacts, type Fact, type HeldPolicy, unknownBecause } from '../facts.ts';
import { policiesOf } from '../policy/from-facts.ts';
import { knownDocument } from '../policy/known-policies.ts';
import { judge, type Verdict } from '../policy/verdict.ts';
import type { Instant } from '../time.ts';
import { grantInWords } from './grants-evidence.ts';
import type { Signal } from './signal.ts';

/** What a group's policies come to, as far as they are read; nothing when none could be. */
export function verdictOf({ group }: CardFacts): Verdict | undefined {
  if (!group) return undefined;
  const { attached, inline } = group;
  if (attached.is !== 'known' && inline.is !== 'known') return undefined;
  return judge(policiesOf({ attached: settled(attached), inline: settled(inline) }, `group ${group.group}`));
}

/** Without what isn't read yet, or may be the next time: only what can't be read at all is taken as broad. */
function settled(list: Fact<HeldPolicy[]>): Fact<HeldPolicy[]> {
  if (list.is === 'failed') return { is: 'gone', at: list.at };
  if (list.is !== 'known') return list;
  const judged = ({ arn, document }: HeldPolicy): boolean =>
    document?.is === 'known' || document?.is === 'not-allowed' || knownDocument(arn) !== undefined;
  return { ...list, value: list.value.filter(judged) };
}

/** How many of a verdict's grants are kept with an alert. */
const MOST = 3;

/** A verdict in short, in words that quote policies. */
export function grantedBy({ is, reasons, grants, doubts }: Verdict): Granted {
  const because = reasons.length > 0 ? reasons.map(({ what }) => what) : grants.map(grantInWords);
  return { is, because: because.slice(0, MOST), doubtful: is === 'broad-write' && doubts.length > 0 };
}

/** What IAM tells about group and user, as signs of risk of what happened `at` that time. */
export function signalsOfFacts(
  { group, user }: CardFacts,
  verdict: Verdict | undefined,
  at: Instant,
): Signal[] {
  const signals: Signal[] = [];
  if (group && verdict) signals.push({ is: 'grants', group: group.group, verdict });
  if (user?.identity.is !== 'known') return signals;
  const { name, createdAt } = user.identity.value;
  // Made after it was added: then it is another user of the same name.
  if (createdAt <= at) signals.push({ is: 'new-user', user: name, age: at - createdAt });
  const without = user.mfa.is === 'known' && user.mfa.value.length === 0;
  if (without && user.password.is === 'known' && user.password.value !== null)
    signals.push({ is: 'password-without-mfa', user: name });
  return signals;
}

/** What couldn't be read of group and user. */
export function unreadOf({ group, user }: CardFacts): Unread[] {
  const of = (fact: Fact<unknown> | undefined, what: string): Unread[] => {
    const why = fact && unknownBecause(fact, what);
    return why ? [{ why, passing: fact.is === 'failed' || fact.is === 'gone' }] : [];
  };
  const documents = [group?.attached, group?.inline].flatMap((list) =>
    list?.is === 'known'
      ? list.value.flatMap(({ name, document }) => of(document, `the policy ${name}`))
      : [],
  );
  const groupGone = group?.origin.is === 'gone';
  const userGone = user?.identity.is === 'gone';
  return [
    ...of(group?.origin, `the group ${group?.group}`),
    ...(groupGone ? [] : of(group?.attached, `the policies attached to the group ${group?.group}`)),
    ...(groupGone ? [] : of(group?.inline, `the inline policies of the group ${group?.group}`)),
    ...documents,
    ...of(user?.identity, `the user ${user?.user}`),
    ...(userGone ? [] : of(user?.mfa, `the MFA devices of the user ${user?.user}`)),
    ...(userGone ? [] : of(user?.password, `whether the user ${user?.user} has a password`)),
  ];
}
