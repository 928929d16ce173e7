import type { Found } from './grants.ts';
import type { Grant, Reason } from './policy.ts';

/** More evidence for one thing than this helps nobody. */
const MOST = 5;

/** A reason whose every need is met: `needs` holds the grants that meet each, none of them empty. */
export function reasonOf(about: Pick<Reason, 'is' | 'id' | 'what'>, needs: readonly Found[][]): Reason {
  const always = ({ grant }: Found): boolean => grant.conditions.length === 0;
  const grants = needs.flatMap((found) => strongest(found.map(({ grant }) => grant)));
  return { ...about, grants: distinct(grants), conditional: !needs.every((found) => found.some(always)) };
}

function strongest(grants: Grant[]): Grant[] {
  return distinct(grants)
    .sort((a, b) => a.conditions.length - b.conditions.length)
    .slice(0, MOST);
}

function distinct(grants: Grant[]): Grant[] {
  return [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];
}
