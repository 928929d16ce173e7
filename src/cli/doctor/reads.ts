import type { IAMClient } from '@aws-sdk/client-iam';
import { failureOf, isNoSuchEntity } from '../../aws/failure.ts';
import type { Aws } from './aws.ts';
import { type Finding, of } from './finding.ts';
import { type Probe, probesIn } from './probes.ts';

/**
 * What AWS answers about a key that isn't there is nowhere documented, and may be a denial; so one tells nothing.
 * Source: docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
const TELLS_NOTHING = 'iam:GetAccessKeyLastUsed';

/** Tries every permission to read users, groups, roles and policies; without them alerts come all the same. */
export async function reads(iam: IAMClient, { settings, me, signal }: Aws): Promise<Finding[]> {
  const is = of('IAM reads');
  const probes = Object.entries(probesIn(me.partition));
  const denied: string[] = [];
  for (const [permission, probe] of probes) {
    if (!(await isAllowed(probe, iam, signal))) denied.push(permission);
  }
  const missing = denied.filter((permission) => permission !== TELLS_NOTHING);
  const untold = denied.includes(TELLS_NOTHING) ? `; ${TELLS_NOTHING} can't be told from here` : '';
  if (missing.length === 0) return [is.well(`all ${probes.length - denied.length} are allowed${untold}.`)];
  const says = `not allowed: ${missing.join(', ')}${untold}.`;
  const remedy = 'Grant the policy that npm run iam-policy -- enricher prints.';
  if (settings.response.mode === 'execute') return [is.ill(`${says} Nothing can be contained so.`, remedy)];
  return [is.odd(`${says} Requests get no preview so.`, remedy)];
}

async function isAllowed(probe: Probe, iam: IAMClient, abortSignal: AbortSignal): Promise<boolean> {
  try {
    await probe(iam, { abortSignal });
    return true;
  } catch (error) {
    if (isNoSuchEntity(error)) return true;
    const failure = failureOf(error, 'trying a read');
    if (failure.trouble === 'access-denied') return false;
    throw failure;
  }
}
