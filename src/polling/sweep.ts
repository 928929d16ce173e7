import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Scan, WatchStore } from '../ports/watches.ts';
import type { InTurn } from '../work/in-turn.ts';
import { type ScanNeeds, scan, turnOf, type Wanted } from './scan.ts';
import { sweepDue, sweepWindow } from './windows.ts';

interface Needs extends ScanNeeds {
  watches: WatchStore;
  clock: Clock;
  log: Log;
  /** Once STS has told it; before that nothing was polled. */
  account: () => string | undefined;
  inTurn: InTurn;
}

const SWEEPS = ['hourly', 'daily'] as const satisfies Scan[];

/**
 * Looks again for what CloudTrail told late, where that is due and this replica's turn is. A turn beside the poll's, under
 * the same lease: within the quota two weeks may take minutes, and no alert may wait for them. Never throws; what broke
 * off is still due.
 */
export function sweep(needs: Needs): (signal: AbortSignal) => Promise<void> {
  const { watches, clock, log, region, inTurn } = needs;

  async function due(account: string): Promise<(Wanted & { since: number; at: number }) | undefined> {
    const poll = await watches.find(account, region, 'tick');
    if (!poll) return undefined;
    const { since } = poll;
    for (const name of SWEEPS) {
      const before = await watches.find(account, region, name);
      const at = clock.now();
      if (sweepDue(name, before, at))
        return { name, account, before, since, at, window: sweepWindow(name, since, at) };
    }
    return undefined;
  }

  return async (signal) => {
    const account = needs.account();
    if (account === undefined) return;
    try {
      // Asked before the turn as well: this happens every few seconds, and nearly always there is nothing to do.
      if (!(await due(account))) return;
      await inTurn(turnOf(account, region), signal, async (turn, ending) => {
        let ours = true;
        for (let next = await due(account); next && ours; next = await due(account)) {
          const { name, since, at } = next;
          await scan(needs, next, ending);
          ours = await watches.save({ account, region, scan: name, since, completedAt: at }, turn);
        }
      });
    } catch (error) {
      if (!signal.aborted)
        log.warn({ account, error: String(error) }, 'a sweep broke off; it is done again from its start');
    }
  };
}
