import type { Clock } from '../ports/clock.ts';
import type { EventSource, Window } from '../ports/cloudtrail.ts';
import type { Log } from '../ports/log.ts';
import type { Scan, Watch } from '../ports/watches.ts';
import type { RaiseAlerts } from '../use-cases/raise-alerts.ts';
import type { SettleBurst } from '../use-cases/settle-burst.ts';
import { nothing, pollOnce } from './poll-once.ts';

export interface ScanNeeds {
  source: EventSource;
  raise: RaiseAlerts;
  clock: Clock;
  log: Log;
  eventNames: readonly string[];
  region: string;
  /** So many new alerts of one scan get a card of their own before all are known. */
  cards: number;
  settleBurst: SettleBurst;
}

/** What to read; `before` is how the same scan went the last time. */
export interface Wanted {
  name: Scan;
  account: string;
  before: Watch | undefined;
  window: Window;
}

/** Reads one window of an account to its end, and decides on the cards of what it brought. Throws what broke it off. */
export async function scan(
  { source, raise, clock, log, eventNames, region, cards, settleBurst }: ScanNeeds,
  { name, account, before, window }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  const from = { account, region, lookedAt: before?.completedAt };
  const report = nothing();
  const began = clock.now();
  // What a sweep looks for is late as it is; what a poll looks for has just happened.
  const behindPolls = name !== 'tick';
  try {
    await pollOnce({ source, raise, eventNames, from, window, behindPolls, cards, report }, signal);
  } finally {
    // Also when it broke off: nothing waits for a poll that may not come to its end for hours.
    await settleBurst({ account, began, raised: report.raised });
  }
  const facts = { account, region, scan: name, ...report };
  if (report.raised + report.linked + report.exempted + report.unreadable > 0)
    log.info(facts, 'polled CloudTrail');
  else log.debug(facts, 'polled CloudTrail');
}

/** The lease of who reads an account's events. */
export const turnOf = (account: string, region: string): string => `watch:${account}:${region}`;
