import { awsClients } from './cloudtrail/clients.ts';
import { iamEventRegion, partitionOfRegion } from './cloudtrail/region.ts';
import { cloudtrailSource } from './cloudtrail/source.ts';
import { tokenBucket } from './cloudtrail/token-bucket.ts';
import type { Settings } from './config.ts';
import type { Instant } from './domain/time.ts';
import { MINUTE, SECOND } from './domain/time.ts';
import { tick } from './polling/tick.ts';
import type { AccountIdentity, Clock, EventSource, Log, Storage } from './ports.ts';
import { iamUserAddedToGroup } from './rules/iam-user-added-to-group.ts';
import { raiseAlerts } from './use-cases/raise-alerts.ts';
import { UNKNOWN_ACCOUNT, watchHealth } from './use-cases/watch-health.ts';
import type { InTurn } from './work/in-turn.ts';

/** What is watched, as far as it is known. */
export interface Watched {
  identity: () => AccountIdentity | undefined;
  region: string;
  source: EventSource;
  /** What CloudTrail has in a Region; each has a quota of its own. */
  sourceIn: (region: string) => EventSource;
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
  { storage: { alerts, audit, messages, watches }, redraw, startedAt, inTurn }: Context,
): { turn: (signal: AbortSignal) => Promise<void>; watched: Watched } {
  const region = iamEventRegion(partitionOfRegion(awsRegion));
  const rule = iamUserAddedToGroup;
  let known: AccountIdentity | undefined;
  const sources = new Map<string, EventSource>();
  const sourceIn = (at: string): EventSource => {
    const made =
      sources.get(at) ??
      cloudtrailSource({
        ...awsClients(at, awsRequestTimeoutMs),
        bucket: tokenBucket({ everyMs: SECOND / lookupsPerSecond, burst: 2, now: clock.now }),
        clock,
        account: () => known?.account,
        region: at,
      });
    sources.set(at, made);
    return made;
  };
  const source = sourceIn(region);
  const health = watchHealth({ watches, messages, audit, clock, log, channel, redraw, startedAt });
  const poll = tick({
    source,
    watches,
    raise: raiseAlerts({ alerts, clock, rule, redraw }),
    health,
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
  const look = (): Promise<void> =>
    health
      .underWay(known?.account ?? UNKNOWN_ACCOUNT)
      .catch((error) => log.error({ error: String(error) }, 'the state of the watch could not be stored'));
  return {
    turn: (signal) => lookedAfter(poll(signal), look),
    watched: { identity: () => known, region, source, sourceIn },
  };
}

/** A poll may hang, or have very much to read: what it says at its end would come too late. */
async function lookedAfter(poll: Promise<void>, look: () => Promise<void>): Promise<void> {
  const bell = setInterval(look, MINUTE / 2);
  await poll.finally(() => clearInterval(bell));
}
