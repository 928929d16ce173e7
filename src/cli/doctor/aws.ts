import { awsClients } from '../../cloudtrail/clients.ts';
import { iamEventRegion, partitionOfRegion } from '../../cloudtrail/region.ts';
import { cloudtrailSource } from '../../cloudtrail/source.ts';
import { tokenBucket } from '../../cloudtrail/token-bucket.ts';
import type { Settings } from '../../config.ts';
import { SECOND } from '../../domain/time.ts';
import { readingClients } from '../../iam/clients.ts';
import { type AccountIdentity, type Clock, SourceFailure } from '../../ports.ts';
import type { Inspection } from '../../storage/inspect.ts';
import { clock } from './clock.ts';
import { eventAge } from './event-age.ts';
import { attempt, type Finding, of, words } from './finding.ts';
import { lookup } from './lookup.ts';
import { reads } from './reads.ts';
import { responder } from './responder.ts';

/** What the checks of AWS work with. */
export interface Aws {
  settings: Settings;
  clock: Clock;
  me: AccountIdentity;
  /** Where IAM's events are. */
  region: string;
  signal: AbortSignal;
}

interface World {
  clock: Clock;
  awsRequestTimeoutMs?: number;
}

/** However slowly AWS answers, somebody waits. */
const PATIENCE = 90 * SECOND;
/** A poll is tried more often, as nobody waits for it. */
const ATTEMPTS = 2;

/** Everything that AWS can tell, by the clients that the program itself works with. */
export async function aws(
  settings: Settings,
  { clock: now, awsRequestTimeoutMs }: World,
  inspection: Inspection | undefined,
): Promise<Finding[]> {
  const region = iamEventRegion(partitionOfRegion(settings.awsRegion));
  const trail = awsClients(region, awsRequestTimeoutMs, ATTEMPTS);
  const iam = readingClients(region, awsRequestTimeoutMs);
  const bucket = tokenBucket({ everyMs: SECOND, burst: 2, now: now.now });
  const source = cloudtrailSource({ ...trail, bucket, clock: now, account: () => undefined, region });
  const signal = AbortSignal.timeout(PATIENCE);
  const is = of('AWS credentials');
  let me: AccountIdentity;
  try {
    me = await source.identity(signal);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return [is.ill(`${words(error)}.`, REMEDY[error.trouble])];
  }
  const checks: Aws = { settings, clock: now, me, region, signal };
  return [
    me.arn.endsWith(':root')
      ? is.odd(
          `these are the root user's of account ${me.account}.`,
          'Run Groupwatch with a role of its own.',
        )
      : is.well(`they are those of ${me.arn}.`),
    ...(await attempt('LookupEvents', () => lookup(source, checks))),
    clock('AWS', source.clockSkew()),
    ...(await attempt('event age', () => eventAge(trail.cloudtrail, checks, inspection?.newestAlert))),
    ...(await attempt('IAM reads', () => reads(iam.iam, checks))),
    ...(await attempt('responder role', () => responder(iam, checks))),
  ];
}

const REMEDY = {
  'access-denied': 'Let these credentials ask who they are: a policy or an SCP denies it.',
  credentials:
    'Give Groupwatch valid ones: a role on ECS, EC2 or EKS, AWS_PROFILE, or AWS_ACCESS_KEY_ID with its secret.',
  throttled: 'Try again in a minute.',
  unreachable: 'Check the network, a proxy, and AWS_ENDPOINT_URL_STS if it is set.',
  unexpected: 'Check AWS_PROFILE, AWS_REGION and the other settings of the AWS SDK.',
} satisfies Record<SourceFailure['trouble'], string>;
