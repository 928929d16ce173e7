import { resourceGlob } from './glob.ts';
import { grantsFor, needOf } from './grants.ts';
import { type Permissions, permissionsOf } from './permissions.ts';
import { type Grant, type Policy, type Reason, STANDINGS } from './policy.ts';
import { takesIn } from './scope.ts';
import { judge, type Verdict } from './verdict.ts';

/** What a user could do before, what it can do now, and what is new in it. */
export interface Change {
  before: Verdict;
  after: Verdict;
  /** The verdict is a stronger one now. */
  raised: boolean;
  /** Reasons that were not there before; a new group may complete a path that older policies begin. */
  newReasons: Reason[];
  /** What the added policies allow and no older one did, the strongest first. */
  newGrants: Grant[];
}

/** Compares a user's policies without and with some more, under the same boundary. */
export function changeBy(before: readonly Policy[], added: readonly Policy[], boundary?: Policy): Change {
  const then = judge(before, boundary);
  const now = judge([...before, ...added], boundary);
  const hadReasons = new Set(then.reasons.map(keyOf));
  const hadGrants = new Set(then.grants.map((grant) => JSON.stringify(grant)));
  const held = permissionsOf(before, boundary);
  const isNew = (grant: Grant): boolean => !hadGrants.has(JSON.stringify(grant)) && !wasAllowed(grant, held);
  return {
    before: then,
    after: now,
    raised: rankOf(now) < rankOf(then),
    newReasons: now.reasons.filter(
      (reason) => !hadReasons.has(keyOf(reason)) && (reason.grants.length === 0 || reason.grants.some(isNew)),
    ),
    newGrants: now.grants.filter(isNew),
  };
}

const keyOf = ({ is, id, conditional }: Reason): string => JSON.stringify([is, id, conditional]);
const rankOf = ({ is }: Verdict): number => STANDINGS.indexOf(is);

/** True when an older policy always allows all that this grant does. */
function wasAllowed({ action, resource }: Grant, held: Permissions): boolean {
  const all = (text: string, not: string): string => (text.startsWith(not) ? '*' : text);
  const wanted = resourceGlob(all(resource, 'NotResource '));
  return grantsFor(needOf(all(action, 'NotAction ')), held).some(
    ({ grant, on }) => grant.conditions.length === 0 && takesIn(on, wanted),
  );
}
