import { actionGlob, covers } from './glob.ts';
import { type Found, grantsFor } from './grants.ts';
import { SELF_GRANTING } from './paths.ts';
import type { Permissions } from './permissions.ts';
import type { Reason } from './policy.ts';
import { isAllOfIam, isBlanket } from './reach.ts';
import { reasonOf } from './reason.ts';
import { type Scope, takesIn, touches } from './scope.ts';

const ALL_OF_IAM = actionGlob('iam:*');

/**
 * Administrator rights: one statement gives all of IAM's actions (`*`, `iam:*`, or all but a few) on all of IAM, and
 * refusals and the boundary leave at least one of those by which a user gives itself the rest.
 */
export function administratorReasons(held: Permissions): Reason[] {
  const { boundary } = held;
  if (boundary && !boundary.some(({ actions, resources }) => givesIam(actions) && isAllOfIam(resources)))
    return [];
  const giving = SELF_GRANTING.flatMap(({ steps }) => steps.flatMap((step) => grantsFor(step, held))).filter(
    ({ entry, on }) =>
      isAllOfIam(on) && (entry.action ? covers(entry.action, ALL_OF_IAM) : givesIam(entry.statement.actions)),
  );
  return [
    ...reason('everything', 'gives every action, those of IAM included', giving.filter(isBlanket)),
    ...reason(
      'iam:*',
      'gives every action of IAM',
      giving.filter((found) => !isBlanket(found)),
    ),
  ];
}

function givesIam(actions: Scope): boolean {
  return actions.is === 'only' ? takesIn(actions, ALL_OF_IAM) : touches(actions, ALL_OF_IAM);
}

function reason(id: string, what: string, found: Found[]): Reason[] {
  return found.length > 0 ? [reasonOf({ is: 'administrator', id, what }, [found])] : [];
}
