import type { AccountIdentity, Clock, EventSource, Log, Scan, Turn, WatchStore, Window } from '../ports.ts';
import type { RaiseAlerts } from '../use-cases/raise-alerts.ts';
import { UNKNOWN_ACCOUNT, type WatchHealth } from '../use-cases/watch-health.ts';
import type { InTurn } from '../work/in-turn.ts';
import { pollOnce } from './poll-once.ts';
import { sweepDue, sweepWindow, tickWindow } from './windows.ts';

interface Needs {
  source: EventSource;
  watches: WatchStore;
  raise: RaiseAlerts;
  health: WatchHealth;
  clock: Clock;
  log: Log;
  eventNames: readonly string[];
  region: string;
  /** Overlap of two polls and first look back, in milliseconds. */
  lookback: number;
  identity: (signal: AbortSignal) => Promise<AccountIdentity>;
  inTurn: InTurn;
}

const SWEEP_SCANS = ['hourly', 'daily'] as const;

/** One turn of the watch, if it is this replica's. Never throws. */
export function tick(needs: Needs): (signal: AbortSignal) => Promise<void> {
  const { source, watches, raise, health, clock, log, eventNames, region, lookback, identity, inTurn } =
    needs;

  async function scan(name: Scan, account: string, window: Window, signal: AbortSignal): Promise<void> {
    const report = await pollOnce({ source, raise, eventNames, from: { account, region }, window }, signal);
    const facts = { account, region, scan: name, ...report };
    if (report.raised + report.linked + report.unreadable > 0) log.info(facts, 'polled CloudTrail');
    else log.debug(facts, 'polled CloudTrail');
  }

  /** The window since the watermark, then every sweep that is due. */
  async function poll(account: string, turn: Turn, signal: AbortSignal): Promise<void> {
    const began = clock.now();
    const watch = await watches.find(account, region, 'tick');
    const window = tickWindow(watch, began, lookback);
    await scan('tick', account, window, signal);
    const since = watch?.since ?? window.start;
    const done = { account, region, scan: 'tick', since, watermark: window.end, completedAt: began } as const;
    if (watch?.watermark !== undefined && watch.watermark < window.start)
      await health.missed(account, watch.watermark, window.start);
    if (!(await watches.save(done, turn))) return;
    await health.succeeded(account, source.clockSkew());
    for (const name of SWEEP_SCANS) {
      const sweep = await watches.find(account, region, name);
      const at = clock.now();
      if (!sweepDue(name, sweep, at)) continue;
      await scan(name, account, sweepWindow(name, since, at), signal);
      await watches.save({ account, region, scan: name, since, completedAt: at }, turn);
    }
  }

  return async (signal) => {
    let account = UNKNOWN_ACCOUNT;
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
