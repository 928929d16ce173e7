import type { Access } from './access.ts';
import type { Settings } from './config.ts';
import type { Instant } from './domain/time.ts';
import { MINUTE } from './domain/time.ts';
import { countPolls } from './metrics/counted-polls.ts';
import type { Metrics } from './metrics/metrics.ts';
import { countRaised } from './metrics/raised.ts';
import { sweep } from './polling/sweep.ts';
import { tick } from './polling/tick.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Storage } from './ports/storage.ts';
import { iamUserAddedToGroup } from './rules/iam-user-added-to-group.ts';
import { type Place, raiseAlerts } from './use-cases/raise-alerts.ts';
import type { Burst, SettleBurst } from './use-cases/settle-burst.ts';
import { UNKNOWN_ACCOUNT, watchHealth } from './use-cases/watch-health.ts';
import { atMost } from './work/at-most.ts';
import type { InTurn } from './work/in-turn.ts';

interface World {
  log: Log;
  clock: Clock;
}

interface Context {
  storage: Storage;
  settleBurst: SettleBurst;
  redraw: () => void;
  startedAt: Instant;
  inTurn: InTurn;
  metrics: Metrics;
  place: Place;
}

/** The watch over one account: one turn of each. */
export interface Turns {
  /** What has happened since the last poll. */
  poll(signal: AbortSignal): Promise<void>;
  /** What CloudTrail has told late, whenever it is time to look for that. */
  sweep(signal: AbortSignal): Promise<void>;
}

/** Puts the watch over one account together. */
export function watchAccount(
  { account: { id, name, channel }, source, region, identity, known }: Access,
  settings: Pick<Settings, 'channel' | 'lookback' | 'maxAlertsPerRun'>,
  { log, clock }: World,
  {
    storage: { alerts, audit, exceptions, messages, watches },
    settleBurst,
    redraw,
    startedAt,
    inTurn,
    metrics,
    place,
  }: Context,
): Turns {
  const rule = iamUserAddedToGroup;
  const telling = { watches, messages, audit, clock, log, name, region, redraw, startedAt };
  const told = watchHealth({ ...telling, channel: channel ?? settings.channel });
  const { health, lastPollAt } = countPolls(told, clock, metrics);
  // Both decide on what is undecided in the account, and so one after the other.
  const deciding = atMost(1);
  const scanning = {
    source,
    watches,
    raise: raiseAlerts({
      alerts: countRaised(alerts, lastPollAt, metrics),
      exceptions,
      clock,
      rule,
      place,
      redraw,
    }),
    clock,
    log,
    eventNames: [rule.condition.action],
    region,
    // At once. The others are for the riskiest of all, which a long poll only knows at its end.
    cards: Math.ceil(settings.maxAlertsPerRun / 2),
    settleBurst: (burst: Burst) => deciding(() => settleBurst(burst)),
    inTurn,
  };
  const poll = tick({ ...scanning, health, account: id, lookback: settings.lookback, identity });
  const look = (): Promise<void> =>
    health
      .underWay(known()?.account ?? id ?? UNKNOWN_ACCOUNT)
      .catch((error) => log.error({ error: String(error) }, 'the state of the watch could not be stored'));
  return {
    poll: (signal) => lookedAfter(poll(signal), look),
    sweep: sweep({ ...scanning, account: () => known()?.account }),
  };
}

/** A poll may hang, or have very much to read: what it says at its end would come too late. */
async function lookedAfter(poll: Promise<void>, look: () => Promise<void>): Promise<void> {
  const bell = setInterval(look, MINUTE / 2);
  await poll.finally(() => clearInterval(bell));
}
