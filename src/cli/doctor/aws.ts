import { regionOf, sessionFor } from '../../access.ts';
import { awsClients } from '../../cloudtrail/clients.ts';
import { cloudtrailSource } from '../../cloudtrail/source.ts';
import { tokenBucket } from '../../cloudtrail/token-bucket.ts';
import type { Settings } from '../../config.ts';
import type { AccountSettings } from '../../config-file.ts';
import { SECOND } from '../../domain/time.ts';
import { readingClients } from '../../iam/clients.ts';
import type { Clock } from '../../ports/clock.ts';
import { type AccountIdentity, SourceFailure } from '../../ports/cloudtrail.ts';
import type { Inspection } from '../../storage/inspect.ts';
import { atMost } from '../../work/at-most.ts';
import { clock } from './clock.ts';
import { eventAge } from './event-age.ts';
import { attempt, type Finding, of, words } from './finding.ts';
import { lookup } from './lookup.ts';
import { organization } from './organization.ts';
import { reads } from './reads.ts';
import { responder } from './responder.ts';

/** What the checks of AWS work with. */
export interface Aws {
  settings: Settings;
  account: AccountSettings;
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

/** So many accounts are asked at a time. */
const AT_ONCE = 5;

/** Everything that AWS can tell of every account, by the clients that the program itself works with. */
export async function aws(
  settings: Settings,
  world: World,
  inspection: Inspection | undefined,
): Promise<Finding[]> {
  const limit = atMost(AT_ONCE);
  const { findings: listed, accounts } = await organization(settings, world.awsRequestTimeoutMs);
  const ofEach = accounts.map((account) =>
    limit(async () => {
      const findings = await ofAccount(account, settings, world, inspection);
      const { name } = account;
      return findings.map((one) => (name === undefined ? one : { ...one, check: `${name}: ${one.check}` }));
    }),
  );
  return [...listed, ...(await Promise.all(ofEach)).flat()];
}

async function ofAccount(
  account: AccountSettings,
  settings: Settings,
  { clock: now, awsRequestTimeoutMs }: World,
  inspection: Inspection | undefined,
): Promise<Finding[]> {
  const region = regionOf(account, settings.awsRegion);
  const credentials = sessionFor(account, settings.awsRegion, awsRequestTimeoutMs);
  const trail = awsClients(region, awsRequestTimeoutMs, { maxAttempts: ATTEMPTS, credentials });
  const iam = readingClients(region, awsRequestTimeoutMs, credentials);
  const bucket = tokenBucket({ everyMs: SECOND, burst: 2, now: now.now });
  const source = cloudtrailSource({ ...trail, bucket, clock: now, account: () => account.id, region });
  const signal = AbortSignal.timeout(PATIENCE);
  const is = of('AWS credentials');
  let me: AccountIdentity;
  try {
    me = await source.identity(signal);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return [is.ill(`${words(error)}.`, REMEDY[error.trouble])];
  }
  if (account.id !== undefined && account.id !== me.account) {
    return [is.ill(`they are of the account ${me.account}, not ${account.id}.`, 'Mend CONFIG_FILE.')];
  }
  const checks: Aws = { settings, account, clock: now, me, region, signal };
  // Responders and the assume policies are Groupwatch's own affair, whatever account they are in.
  const home = account.reader ? readingClients(region, awsRequestTimeoutMs) : iam;
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
    ...(await attempt('responder role', () => responder({ iam: iam.iam, sts: home.sts }, checks))),
  ];
}

const REMEDY = {
  role: 'Its trust policy must name the role that Groupwatch runs with and ask for the externalId of CONFIG_FILE, and Groupwatch needs the policy assume-others.',
  'access-denied': 'Let these credentials ask who they are: a policy or an SCP denies it.',
  credentials:
    'Give Groupwatch valid ones: a role on ECS, EC2 or EKS, AWS_PROFILE, or AWS_ACCESS_KEY_ID with its secret.',
  throttled: 'Try again in a minute.',
  unreachable: 'Check the network, a proxy, and AWS_ENDPOINT_URL_STS if it is set.',
  unexpected: 'Check AWS_PROFILE, AWS_REGION and the other settings of the AWS SDK.',
} satisfies Record<SourceFailure['trouble'], string>;
