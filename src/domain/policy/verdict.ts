import { administratorReasons } from './administrator.ts';
import { broadWriteReasons } from './broad-write.ts';
import { escalationReasons } from './escalation.ts';
import { everyGrant } from './grants.ts';
import { permissionsOf, refusesAll } from './permissions.ts';
import { type Doubt, type Grant, type Policy, type Reason, STANDINGS, type Standing } from './policy.ts';

/** What a set of policies comes to, with the evidence for it. */
export interface Verdict {
  is: Standing;
  /** Why it is more than narrow, the strongest first. */
  reasons: Reason[];
  /** All that is allowed: what writes first, and what always holds before what depends on a condition. */
  grants: Grant[];
  /** What couldn't be judged, and so was taken as broad. */
  doubts: Doubt[];
  /** Why the permissions boundary was taken as if there were none. */
  boundaryDoubts: Doubt[];
}

/**
 * Judges identity policies, within a permissions boundary where there is one. An explicit Deny wins, but only one
 * that always holds; an Allow under a condition counts, and says so. Not looked at: service control policies,
 * session policies, and policies of resources. In doubt the verdict is the higher one. Never throws.
 */
export function judge(policies: readonly Policy[], boundary?: Policy): Verdict {
  const held = permissionsOf(policies, boundary);
  const { doubts, boundaryDoubts } = held;
  if (refusesAll(held)) return { is: 'nothing', reasons: [], grants: [], doubts, boundaryDoubts };
  const administrator = administratorReasons(held);
  // Whoever is an administrator has every path and every write: to list them would only hide it.
  const lesser = administrator.length > 0 ? [] : [...escalationReasons(held), ...broadWriteReasons(held)];
  const reasons = [...administrator, ...lesser, ...doubts.map(inDoubt)];
  const weighed = everyGrant(held).map((grant) => ({ grant, weight: weightOf(grant) }));
  const grants = weighed.sort((a, b) => b.weight - a.weight).map(({ grant }) => grant);
  const is = STANDINGS.find((standing) => reasons.some((reason) => reason.is === standing));
  return { is: is ?? (grants.length > 0 ? 'narrow' : 'nothing'), reasons, grants, doubts, boundaryDoubts };
}

function inDoubt({ policy, statement, why }: Doubt): Reason {
  const where = statement === undefined ? policy.name : `${policy.name}, statement ${statement}`;
  return {
    is: 'broad-write',
    id: `in-doubt: ${where}`,
    what: `can't judge ${where} (${why}), treated as broad`,
    grants: [],
    conditional: false,
  };
}

function weightOf({ access, conditions, action, resource }: Grant): number {
  const wild = (text: string): number => (text === '*' ? 2 : text.includes('*') ? 1 : 0);
  const wide = action.startsWith('NotAction') ? 3 : wild(action.replace(/^\w[\w-]*:/, '')) + wild(action);
  return (access === 'write' ? 16 : 0) + (conditions.length === 0 ? 8 : 0) + wide + wild(resource);
}
