import { Refusal } from '../wire/answer.ts';
import { fieldsOf, textOf } from '../wire/json.ts';
import type { LookedUpEvent } from './looked-up-event.ts';

/** What is looked for. Times are epoch seconds, both bounds inclusive; without an attribute everything is. */
export interface Lookup {
  start: number;
  end: number;
  attribute?: { key: string; value: string };
}

/** A LookupEvents input that AWS would accept. */
export interface LookupQuery extends Lookup {
  maxResults: number;
  /** Insights events are asked for, which this account has none of. */
  insights: boolean;
}

const HISTORY_SECONDS = 90 * 24 * 3600;

/** What can be looked up by, and where an event has it. */
export const ATTRIBUTES: Record<string, (event: LookedUpEvent) => (string | undefined)[]> = {
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
  return { start, end, attribute: attributeOf(input.LookupAttributes), maxResults, insights };
}

function seconds(input: Record<string, unknown>, field: string): number | undefined {
  const value = input[field] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  throw new Refusal('SerializationException', `${field} is not a timestamp.`);
}

/** One attribute at most, case-sensitive; in a value `_`, space, comma and newline count double. */
function attributeOf(attributes: unknown): Lookup['attribute'] {
  const list: unknown[] = Array.isArray(attributes) ? attributes : [];
  if (list.length === 0) return undefined;
  const { AttributeKey, AttributeValue } = fieldsOf(list[0]);
  const key = Object.keys(ATTRIBUTES).find((one) => one === AttributeKey);
  const value = textOf(AttributeValue);
  if (list.length > 1 || !key || !value || value.replace(/[_ ,\n]/g, '$&$&').length > 2000)
    throw new Refusal('InvalidLookupAttributesException', 'The lookup attributes are not valid.');
  return { key, value };
}
