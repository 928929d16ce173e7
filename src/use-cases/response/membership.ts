import type { CloudTrailEvent, Reading } from '../../domain/event.ts';
import { sameName } from '../../domain/response/holds.ts';
import { DAY, type Instant, SECOND } from '../../domain/time.ts';
import type { EventSource } from '../../ports/cloudtrail.ts';

/** As far back as LookupEvents goes, a day less so that the window is never out of range. */
const KEPT = 89 * DAY;

/** An addition that an alert is about. */
export interface Addition {
  user: string;
  group: string;
  eventTime: Instant;
}

/**
 * What shows that a user was in a group already before an addition to it, in words. Adding a member again succeeds
 * and is recorded again, so taking such an addition back would end an older membership. Nothing when CloudTrail's
 * 90 days show none.
 */
export const earlierMembership =
  ({ source, names }: { source: EventSource; names: { add: string; remove: string } }) =>
  async ({ user, group, eventTime }: Addition, signal: AbortSignal): Promise<string | undefined> => {
    const window = { start: eventTime - KEPT, end: eventTime - SECOND };
    const last = async (eventName: string): Promise<Instant | undefined> => {
      for await (const page of source.pages({ by: { key: 'EventName', value: eventName }, window }, signal)) {
        const found = page.map(successOf).find((event) => event && isOn(event, user, group));
        if (found) return found.time;
      }
      return undefined;
    };
    const added = await last(names.add);
    if (added === undefined) return undefined;
    const removed = await last(names.remove);
    if (removed !== undefined && removed >= added) return undefined;
    return `CloudTrail has an addition of ${new Date(added).toISOString()}`;
  };

function successOf(reading: Reading): CloudTrailEvent | undefined {
  return reading.is === 'event' && reading.event.errorCode === undefined ? reading.event : undefined;
}

function isOn({ parameters }: CloudTrailEvent, user: string, group: string): boolean {
  return sameName(parameters.userName ?? '', user) && sameName(parameters.groupName ?? '', group);
}
