import type { CloudTrailEvent } from '../../domain/event.ts';
import { DAY, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventSource } from '../../ports/cloudtrail.ts';

/** A role's session lasts 12 hours at most, so what was opened before can't be alive. */
const LONGEST_SESSION = DAY / 2;
/** 500 events: a user who does more is told of by what there is. */
const MOST_PAGES = 10;

/**
 * Role sessions that a user has opened and that may still be alive: a deny on the user doesn't reach them. Looks in
 * the Region of IAM's events, where calls to the global STS endpoint are recorded.
 */
export const openedSessions =
  ({ source, clock }: { source: EventSource; clock: Clock }) =>
  async (user: string, since: Instant, signal: AbortSignal): Promise<string[]> => {
    const end = clock.now();
    const window = { start: Math.min(since, end) - LONGEST_SESSION, end };
    const found = new Set<string>();
    let pages = 0;
    for await (const page of source.pages({ by: { key: 'Username', value: user }, window }, signal)) {
      for (const reading of page) {
        const session = reading.is === 'event' ? sessionOf(reading.event) : undefined;
        if (session) found.add(session);
      }
      if (++pages === MOST_PAGES) break;
    }
    return [...found];
  };

function sessionOf({ source, name, errorCode, parameters }: CloudTrailEvent): string | undefined {
  if (source !== 'sts.amazonaws.com' || name !== 'AssumeRole' || errorCode !== undefined) return undefined;
  const { roleArn, roleSessionName } = parameters;
  return roleArn && `${roleArn} (session ${roleSessionName ?? 'without a name'})`;
}
