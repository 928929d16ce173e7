import type { Clock } from '../ports/clock.ts';
import type { AccountIdentity, EventSource, Window } from '../ports/cloudtrail.ts';
import type { Turn } from '../ports/leases.ts';
import type { Log } from '../ports/log.ts';
import type { Scan, Watch, WatchStore } from '../ports/watches.ts';
import type { RaiseAlerts } from '../use-cases/raise-alerts.ts';
import type { SettleBurst } from '../use-cases/settle-burst.ts';
import { UNKNOWN_ACCOUNT, type WatchHealth } from '../use-cases/watch-health.ts';
import type { InTurn } from '../work/in-turn.ts';
import { nothing, pollOnce } from './poll-once.ts';
import { readUntil, sweepDue, sweepWindow, tickWindow } from './windows.ts';

interface Needs {
  source: EventSource;
  watches: WatchStore;
  raise: RaiseAlerts;
  health: WatchHealth;
  clock: Clock;
  log: Log;
  eventNames: readonly string[];
  region: string;
  /** Its id, where that is known without asking STS. */
  account?: string;
  /** Overlap of two polls and first look back, in milliseconds. */
  lookback: number;
  /** So many new alerts of one scan get a card of their own. */
  cards: number;
  settleBurst: SettleBurst;
  identity: (signal: AbortSignal) => Promise<AccountIdentity>;
  inTurn: InTurn;
}

const SWEEP_SCANS = ['hourly', 'daily'] as const;

/** One turn of the watch, if it is this replica's. Never throws. */
export function tick(needs: Needs): (signal: AbortSignal) => Promise<void> {
  const { source, watches, raise, settleBurst, health, clock, log, eventNames, region, lookback, cards } =
    needs;
  const { identity, inTurn } = needs;

  /** `before` is how the same scan went the last time. */
  async function scan(
    name: Scan,
    account: string,
    { before, window }: { before: Watch | undefined; window: Window },
    signal: AbortSignal,
  ): Promise<void> {
    const from = { account, region, lookedAt: before?.completedAt };
    const report = nothing();
    const began = clock.now();
    try {
      await pollOnce({ source, raise, eventNames, from, window, cards, report }, signal);
    } finally {
      // Also when it broke off: nothing waits for a poll that may not come to its end for hours.
      await settleBurst({ account, began, raised: report.raised });
    }
    const facts = { account, region, scan: name, ...report };
    if (report.raised + report.linked + report.exempted + report.unreadable > 0)
      log.info(facts, 'polled CloudTrail');
    else log.debug(facts, 'polled CloudTrail');
  }

  /** The window since the watermark, then every sweep that is due. */
  async function poll(account: string, turn: Turn, signal: AbortSignal): Promise<void> {
    const began = clock.now();
    const watch = await watches.find(account, region, 'tick');
    const window = tickWindow(watch, began, lookback);
    const elapsed = stopwatch();
    await scan('tick', account, { before: watch, window }, signal);
    const since = watch?.since ?? window.start;
    const watermark = readUntil(window, clock.now() + (source.clockSkew() ?? 0) - elapsed());
    const done = { account, region, scan: 'tick', since, watermark, completedAt: began } as const;
    if (watch?.watermark !== undefined && watch.watermark < window.start)
      await health.missed(account, watch.watermark, window.start);
    if (!(await watches.save(done, turn))) return;
    await health.succeeded(account, source.clockSkew());
    for (const name of SWEEP_SCANS) {
      const sweep = await watches.find(account, region, name);
      const at = clock.now();
      if (!sweepDue(name, sweep, at)) continue;
      await scan(name, account, { before: sweep, window: sweepWindow(name, since, at) }, signal);
      await watches.save({ account, region, scan: name, since, completedAt: at }, turn);
    }
  }

  return async (signal) => {
    let account = needs.account ?? UNKNOWN_ACCOUNT;
    let unknown: unknown;
    try {
      account = (await identity(signal)).account;
    } catch (error) {
      if (signal.aborted) return;
      unknown = error;
    }
    const turns = inTurn(`watch:${account}:${region}`, signal, async (turn, ending) => {
      try {
        if (unknown) throw unknown;
        await poll(account, turn, ending);
      } catch (error) {
        if (!ending.aborted) await health.failed(account, error);
      }
    });
    await turns.catch((error) =>
      log.error({ account, error: String(error) }, 'the state of the watch could not be read or stored'),
    );
  };
}

/** Milliseconds since it was made, whatever the time of day does meanwhile. */
function stopwatch(): () => number {
  const began = performance.now();
  return () => performance.now() - began;
}
