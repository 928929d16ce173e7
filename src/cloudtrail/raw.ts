import type { Event } from '@aws-sdk/client-cloudtrail';

/**
 * The record's text as CloudTrail gave it. Every field of a LookupEvents answer is optional: without a record,
 * what the answer does say is kept, so that it comes out as unreadable and not as nothing.
 */
export function rawOf(event: Event): string {
  return event.CloudTrailEvent ?? JSON.stringify({ lookupEventsGaveNoRecord: event });
}
