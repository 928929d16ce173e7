import type { Access } from './access.ts';
import type { Settings } from './config.ts';
import type { Instant } from './domain/time.ts';
import { MINUTE } from './domain/time.ts';
import { countPolls } from './metrics/counted-polls.ts';
import type { Metrics } from './metrics/metrics.ts';
import { countRaised } from './metrics/raised.ts';
import { tick } from './polling/tick.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Storage } from './ports/storage.ts';
import { iamUserAddedToGroup } from './rules/iam-user-added-to-group.ts';
import { type Place, raiseAlerts } from './use-cases/raise-alerts.ts';
import type { SettleBurst } from './use-cases/settle-burst.ts';
import { UNKNOWN_ACCOUNT, watchHealth } from './use-cases/watch-health.ts';
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

/** The watch over one account: one turn of it. */
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
): (signal: AbortSignal) => Promise<void> {
  const rule = iamUserAddedToGroup;
  const telling = { watches, messages, audit, clock, log, name, region, redraw, startedAt };
  const told = watchHealth({ ...telling, channel: channel ?? settings.channel });
  const { health, lastPollAt } = countPolls(told, clock, metrics);
  const poll = tick({
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
    health,
    clock,
    log,
    eventNames: [rule.condition.action],
    region,
    account: id,
    lookback: settings.lookback,
    cards: settings.maxAlertsPerRun,
    settleBurst,
    inTurn,
    identity,
  });
  const look = (): Promise<void> =>
    health
      .underWay(known()?.account ?? id ?? UNKNOWN_ACCOUNT)
      .catch((error) => log.error({ error: String(error) }, 'the state of the watch could not be stored'));
  return (signal) => lookedAfter(poll(signal), look);
}

/** A poll may hang, or have very much to read: what it says at its end would come too late. */
async function lookedAfter(poll: Promise<void>, look: () => Promise<void>): Promise<void> {
  const bell = setInterval(look, MINUTE / 2);
  await poll.finally(() => clearInterval(bell));
}
