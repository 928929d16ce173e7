import { awsClients } from './cloudtrail/clients.ts';
import { iamEventRegion, partitionOfRegion } from './cloudtrail/region.ts';
import { cloudtrailSource } from './cloudtrail/source.ts';
import { tokenBucket } from './cloudtrail/token-bucket.ts';
import type { Settings } from './config.ts';
import type { Instant } from './domain/time.ts';
import { SECOND } from './domain/time.ts';
import { tick } from './polling/tick.ts';
import type { AccountIdentity, Clock, EventSource, Log, Storage } from './ports.ts';
import { iamUserAddedToGroup } from './rules/iam-user-added-to-group.ts';
import { raiseAlerts } from './use-cases/raise-alerts.ts';
import { watchHealth } from './use-cases/watch-health.ts';
import type { InTurn } from './work/in-turn.ts';

/** What is watched, as far as it is known. */
export interface Watched {
  identity: () => AccountIdentity | undefined;
  region: string;
  source: EventSource;
}

interface World {
  log: Log;
  clock: Clock;
  awsRequestTimeoutMs?: number;
  lookupsPerSecond?: number;
}

interface Context {
  storage: Storage;
  redraw: () => void;
  startedAt: Instant;
  inTurn: InTurn;
}

/** The watch over one account: one turn of it, and what it watches. */
export function watchAws(
  { awsRegion, channel, lookback }: Settings,
  { log, clock, awsRequestTimeoutMs, lookupsPerSecond = 1 }: World,
  { storage: { alerts, audit, exceptions, messages, watches }, redraw, startedAt, inTurn }: Context,
): { turn: (signal: AbortSignal) => Promise<void>; watched: Watched } {
  const region = iamEventRegion(partitionOfRegion(awsRegion));
  const rule = iamUserAddedToGroup;
  let known: AccountIdentity | undefined;
  const source = cloudtrailSource({
    ...awsClients(region, awsRequestTimeoutMs),
    bucket: tokenBucket({ everyMs: SECOND / lookupsPerSecond, burst: 2, now: clock.now }),
    clock,
    account: () => known?.account,
    region,
  });
  const turn = tick({
    source,
    watches,
    raise: raiseAlerts({ alerts, exceptions, clock, rule, redraw }),
    health: watchHealth({ watches, messages, audit, clock, log, channel, redraw, startedAt }),
    clock,
    log,
    eventNames: [rule.condition.action],
    region,
    lookback,
    inTurn,
    identity: async (signal) => {
      known ??= await source.identity(signal);
      return known;
    },
  });
  return { turn, watched: { identity: () => known, region, source } };
}
