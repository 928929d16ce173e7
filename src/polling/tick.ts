import type { AccountIdentity } from '../ports/cloudtrail.ts';
import type { Turn } from '../ports/leases.ts';
import type { WatchStore } from '../ports/watches.ts';
import { UNKNOWN_ACCOUNT, type WatchHealth } from '../use-cases/watch-health.ts';
import type { InTurn } from '../work/in-turn.ts';
import { type ScanNeeds, scan, turnOf } from './scan.ts';
import { readUntil, tickWindow } from './windows.ts';

interface Needs extends ScanNeeds {
  watches: WatchStore;
  health: WatchHealth;
  /** Its id, where that is known without asking STS. */
  account?: string;
  /** Overlap of two polls and first look back, in milliseconds. */
  lookback: number;
  identity: (signal: AbortSignal) => Promise<AccountIdentity>;
  inTurn: InTurn;
}

/** One turn of the watch, if it is this replica's. Never throws. */
export function tick(needs: Needs): (signal: AbortSignal) => Promise<void> {
  const { source, watches, health, clock, log, region, lookback, identity, inTurn } = needs;

  /** The window since the watermark. */
  async function poll(account: string, turn: Turn, signal: AbortSignal): Promise<void> {
    const began = clock.now();
    const before = await watches.find(account, region, 'tick');
    const window = tickWindow(before, began, lookback);
    const elapsed = stopwatch();
    await scan(needs, { name: 'tick', account, before, window }, signal);
    const since = before?.since ?? window.start;
    const watermark = readUntil(window, clock.now() + (source.clockSkew() ?? 0) - elapsed());
    const done = { account, region, scan: 'tick', since, watermark, completedAt: began } as const;
    if (before?.watermark !== undefined && before.watermark < window.start)
      await health.missed(account, before.watermark, window.start);
    if (await watches.save(done, turn)) await health.succeeded(account, source.clockSkew());
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
    const turns = inTurn(turnOf(account, region), signal, async (turn, ending) => {
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
