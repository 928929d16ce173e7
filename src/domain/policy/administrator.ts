import { type Found, grantsFor } from './grants.ts';
import { SELF_GRANTING } from './paths.ts';
import type { Permissions } from './permissions.ts';
import type { Reason } from './policy.ts';
import { isAllOfIam, isBlanket } from './reach.ts';
import { reasonOf } from './reason.ts';

/**
 * Administrator rights: one statement gives all of IAM's actions (`*`, `iam:*`, or all but a few) on all of IAM, and
 * refusals and the boundary leave at least one of those by which a user gives itself the rest.
 */
export function administratorReasons(held: Permissions): Reason[] {
  const giving = SELF_GRANTING.flatMap(({ steps }) => steps.flatMap((step) => grantsFor(step, held))).filter(
    isAllOfIam,
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

function reason(id: string, what: string, found: Found[]): Reason[] {
  return found.length > 0 ? [reasonOf({ is: 'administrator', id, what }, [found])] : [];
}
