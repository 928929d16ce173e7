import type { EventSource, Window } from '../ports.ts';
import type { Looked, RaiseAlerts, RaiseReport } from '../use-cases/raise-alerts.ts';

export interface PollReport extends RaiseReport {
  pages: number;
}

interface Poll {
  source: EventSource;
  raise: RaiseAlerts;
  eventNames: readonly string[];
  from: Looked;
  window: Window;
}

/**
 * Reads one window to its end and stores every page before asking for the next. It moves no watermark: that is
 * for who called, after this has returned, so that a crash repeats work and never loses it.
 */
export async function pollOnce(
  { source, raise, eventNames, from, window }: Poll,
  signal: AbortSignal,
): Promise<PollReport> {
  const report = {
    pages: 0,
    records: 0,
    raised: 0,
    known: 0,
    linked: 0,
    exempted: 0,
    refused: 0,
    unreadable: 0,
  };
  for (const eventName of eventNames) {
    for await (const page of source.pages({ by: { key: 'EventName', value: eventName }, window }, signal)) {
      const { records, raised, known, linked, exempted, refused, unreadable } = await raise(page, from);
      report.pages++;
      report.records += records;
      report.raised += raised;
      report.known += known;
      report.linked += linked;
      report.exempted += exempted;
      report.refused += refused;
      report.unreadable += unreadable;
      signal.throwIfAborted();
    }
  }
  return report;
}
