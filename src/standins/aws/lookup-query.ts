import { Refusal } from './answer.ts';
import { fieldsOf, textOf } from './json.ts';
import type { LookedUpEvent } from './looked-up-event.ts';

/** A LookupEvents input that AWS would accept. Times are epoch seconds, both bounds inclusive. */
export interface LookupQuery {
  start: number;
  end: number;
  matches: (event: LookedUpEvent) => boolean;
  maxResults: number;
  /** Insights events are asked for, which this account has none of. */
  insights: boolean;
}

const HISTORY_SECONDS = 90 * 24 * 3600;

const ATTRIBUTES: Record<string, (event: LookedUpEvent) => (string | undefined)[]> = {
  AccessKeyId: (event) => [event.AccessKeyId],
  EventId: (event) => [event.EventId],
  EventName: (event) => [event.EventName],
  EventSource: (event) => [event.EventSource],
  ReadOnly: (event) => [event.ReadOnly],
  ResourceName: (event) => event.Resources.map((one) => one.ResourceName),
  ResourceType: (event) => event.Resources.map((one) => one.ResourceType),
  Username: (event) => [event.Username],
};

/** Checks the input as docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html says. */
export function readQuery(input: Record<string, unknown>, nowMs: number): LookupQuery {
  const earliest = nowMs / 1000 - HISTORY_SECONDS;
  const start = seconds(input, 'StartTime') ?? earliest;
  const end = seconds(input, 'EndTime') ?? Number.POSITIVE_INFINITY;
  if (start > end) throw new Refusal('InvalidTimeRangeException', 'StartTime is after EndTime.');
  if (start < earliest || end < earliest)
    throw new Refusal('InvalidTimeRangeException', 'The time range is outside the 90 days of event history.');
  const maxResults = input.MaxResults ?? 50;
  if (typeof maxResults !== 'number' || !Number.isInteger(maxResults) || maxResults < 1 || maxResults > 50)
    throw new Refusal('InvalidMaxResultsException', 'MaxResults must be between 1 and 50.');
  if (input.EventCategory !== undefined && input.EventCategory !== 'insight')
    throw new Refusal('InvalidEventCategoryException', 'The event category is not valid.');
  const insights = input.EventCategory === 'insight';
  return { start, end, matches: matcher(input.LookupAttributes), maxResults, insights };
}

function seconds(input: Record<string, unknown>, field: string): number | undefined {
  const value = input[field] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  throw new Refusal('SerializationException', `${field} is not a timestamp.`);
}

/** One attribute at most, case-sensitive; in a value `_`, space, comma and newline count double. */
function matcher(attributes: unknown): LookupQuery['matches'] {
  const list: unknown[] = Array.isArray(attributes) ? attributes : [];
  if (list.length === 0) return () => true;
  const { AttributeKey, AttributeValue } = fieldsOf(list[0]);
  const valuesOf = Object.entries(ATTRIBUTES).find(([key]) => key === AttributeKey)?.[1];
  const value = textOf(AttributeValue);
  if (list.length > 1 || !valuesOf || !value || value.replace(/[_ ,\n]/g, '$&$&').length > 2000)
    throw new Refusal('InvalidLookupAttributesException', 'The lookup attributes are not valid.');
  return (event) => valuesOf(event).includes(value);
}
