import type { EventSource, Window } from '../ports/cloudtrail.ts';
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
  /** Lets polls go first within the quota. */
  behindPolls?: boolean;
  /** So many new alerts may have a card of their own. */
  cards?: number;
  /** Where the report grows, for who must know how far it came when it broke off. */
  report?: PollReport;
}

/**
 * Reads one window to its end and stores every page before asking for the next. It moves no watermark: that is
 * for who called, after this has returned, so that a crash repeats work and never loses it.
 */
export async function pollOnce(
  {
    source,
    raise,
    eventNames,
    from,
    window,
    behindPolls,
    cards = Number.POSITIVE_INFINITY,
    report = nothing(),
  }: Poll,
  signal: AbortSignal,
): Promise<PollReport> {
  for (const eventName of eventNames) {
    for await (const page of source.pages(
      { by: { key: 'EventName', value: eventName }, window, behindPolls },
      signal,
    )) {
      const { records, raised, known, linked, exempted, refused, unreadable } = await raise(
        page,
        from,
        Math.max(0, cards - report.raised),
      );
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

/** A report of a poll that hasn't read anything yet. */
export const nothing = (): PollReport => ({
  pages: 0,
  records: 0,
  raised: 0,
  known: 0,
  linked: 0,
  exempted: 0,
  refused: 0,
  unreadable: 0,
});
