import type { IAMClient } from '@aws-sdk/client-iam';
import type { Session } from './aws/client-settings.ts';
import { noSession, readerSession } from './aws/reader-session.ts';
import { awsClients } from './cloudtrail/clients.ts';
import { iamEventRegion, partitionOfRegion } from './cloudtrail/region.ts';
import { cloudtrailSource } from './cloudtrail/source.ts';
import { tokenBucket } from './cloudtrail/token-bucket.ts';
import type { Settings } from './config.ts';
import type { AccountSettings } from './config-file.ts';
import { SECOND } from './domain/time.ts';
import { readingClients } from './iam/clients.ts';
import { iamReader } from './iam/reader.ts';
import { countLookups } from './metrics/counted-polls.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Clock } from './ports/clock.ts';
import { type AccountIdentity, type EventSource, SourceFailure } from './ports/cloudtrail.ts';
import type { IamReader } from './ports/iam.ts';
import { once } from './work/once.ts';

/** What reads one account, and who may write to it. */
export interface Access {
  account: AccountSettings;
  /** Where IAM's events are. */
  region: string;
  source: EventSource;
  /** What CloudTrail has in a Region; each has a quota of its own. */
  sourceIn(region: string): EventSource;
  iam(): IAMClient;
  reader(): IamReader;
  /** Whose credentials these are; asked for once. Throws a `SourceFailure`, also when they are of another account. */
  identity(signal: AbortSignal): Promise<AccountIdentity>;
  /** As far as it was asked for. */
  known(): AccountIdentity | undefined;
}

export interface AccessWorld {
  clock: Clock;
  metrics: Metrics;
  awsRequestTimeoutMs?: number;
  /** LookupEvents calls a second; AWS allows two an account and Region, for everyone together. */
  lookupsPerSecond?: number;
}

/** Opens nothing yet: the first call does. */
export function accessTo(
  account: AccountSettings,
  { awsRegion }: Pick<Settings, 'awsRegion'>,
  { clock, metrics, awsRequestTimeoutMs, lookupsPerSecond = 1 }: AccessWorld,
  session = sessionFor(account, awsRegion, awsRequestTimeoutMs),
): Access {
  const region = regionOf(account, awsRegion);
  const sources = new Map<string, EventSource>();
  let known: AccountIdentity | undefined;
  const made = (at: string): EventSource => {
    const bucket = tokenBucket({
      everyMs: SECOND / lookupsPerSecond,
      burst: 2,
      now: () => performance.now(),
    });
    return cloudtrailSource({
      ...awsClients(at, awsRequestTimeoutMs, { credentials: session }),
      bucket: countLookups(bucket, metrics),
      clock,
      account: () => known?.account ?? account.id,
      region: at,
    });
  };
  const sourceIn = (at: string): EventSource => {
    const source = sources.get(at) ?? made(at);
    sources.set(at, source);
    return source;
  };
  // Most accounts of many are quiet, and never need them.
  const clients = once(() => readingClients(region, awsRequestTimeoutMs, session));
  const reader = once(() => iamReader({ ...clients(), clock, partition: partitionOfRegion(region) }));
  return {
    account,
    region,
    source: sourceIn(region),
    sourceIn,
    iam: () => clients().iam,
    reader,
    known: () => known,
    async identity(signal) {
      if (known) return known;
      const identity = await sourceIn(region).identity(signal);
      if (account.id !== undefined && identity.account !== account.id) {
        throw new SourceFailure(
          'credentials',
          `the credentials for ${called(account)} are of the account ${identity.account}`,
        );
      }
      known = identity;
      return identity;
    },
  };
}

/** For alerts of an account that isn't watched any more: every question fails, and says so. */
export function noAccess(account: string, settings: Pick<Settings, 'awsRegion'>, world: AccessWorld): Access {
  const why = `the account ${account} is not among those that are watched any more`;
  const nobody = { id: account, name: undefined, reader: undefined, responder: undefined };
  const gone = { ...nobody, regions: [], channel: undefined, owners: [], criticality: 'normal' } as const;
  const session = noSession(why, settings.awsRegion, 1_000);
  return accessTo({ ...gone, regions: [], owners: [] }, settings, world, session);
}

/** Its name and id, for people. */
export const called = ({ name, id }: Pick<AccountSettings, 'name' | 'id'>): string =>
  name === undefined ? `the account ${id ?? 'of these credentials'}` : `the account ${name} (${id})`;

/** The role's partition decides; else that of the environment's Region. */
export function regionOf({ reader }: AccountSettings, awsRegion: string): string {
  return iamEventRegion(reader?.roleArn.split(':')[1] ?? partitionOfRegion(awsRegion));
}

/** What an account is read with; nothing for the environment's own credentials. */
export function sessionFor(
  account: AccountSettings,
  awsRegion: string,
  requestTimeoutMs = 15_000,
): Session | undefined {
  const { reader } = account;
  const region = regionOf(account, awsRegion);
  return reader && readerSession({ ...reader, account: called(account), region, requestTimeoutMs });
}
