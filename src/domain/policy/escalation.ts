import { actionGlob, overlaps } from './glob.ts';
import { type Found, grantsFor, type Need } from './grants.ts';
import { PATHS, type Path } from './paths.ts';
import type { Permissions } from './permissions.ts';
import type { Reason } from './policy.ts';
import { isBlanket, isOwnOnly, isWide } from './reach.ts';
import { reasonOf } from './reason.ts';

/** Every known path of escalation that is open. */
export function escalationReasons(held: Permissions): Reason[] {
  return PATHS.flatMap((path) => {
    const needs: Found[][] = [];
    for (const step of path.steps) {
      const found = grantsFor(step, held).filter((one) => isEnough(path, step, one));
      if (found.length === 0) return [];
      needs.push(found);
    }
    return [reasonOf({ is: 'escalation', id: path.id, what: `${path.id}: ${path.leadsTo}` }, needs)];
  });
}

function isEnough(path: Path, step: Need, found: Found): boolean {
  if (path.reach === 'others' && isOwnOnly(found)) return false;
  // PowerUserAccess and its like hold all of these; they are told as broad write access, which says more.
  if (path.reach === 'wide' && (isBlanket(found) || !isWide(found))) return false;
  const { passedTo } = found.entry.statement;
  if (!path.service || !passedTo || step !== path.steps[0]) return true;
  const { written } = path.service;
  const services = [path.service, actionGlob(`${written}.cn`)];
  return passedTo.some((glob) => services.some((service) => overlaps(glob, service)));
}
