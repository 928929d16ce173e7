import type { AlertId, Verdict } from './alert.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** When an alert passed its stations, as far as it has, and what it is counted by. */
export interface AlertTimes {
  alertId: AlertId;
  account: string;
  ruleId: string;
  /** What the user was added to, in lower case; absent where the record doesn't name it. */
  group?: string;
  severity: Severity;
  /** Absent for a record that nobody could read. */
  eventTime?: Instant;
  /** When the last complete look at CloudTrail began that didn't find it; absent where that isn't known. */
  lookedAt?: Instant;
  raisedAt: Instant;
  /** When Slack first had the card. */
  shownAt?: Instant;
  /** By whoever was first. */
  acknowledgedAt?: Instant;
  /** When the first step of the guide was marked. */
  firstStepAt?: Instant;
  /** When a response to it was first carried out in full. */
  containedAt?: Instant;
  /** The last time, while it stays so. */
  resolvedAt?: Instant;
  verdict?: Verdict;
}

export const STRETCHES = [
  'aws-delay',
  'poll-delay',
  'slack-delay',
  'to-acknowledge',
  'to-first-step',
  'to-contain',
  'to-resolve',
] as const;
/** From one station to another. */
export type Stretch = (typeof STRETCHES)[number];

/** What each stretch is called, in tables and in pictures. */
export const STRETCH_WORDS: Record<Stretch, string> = {
  'aws-delay': 'Delay of AWS, at least',
  'poll-delay': 'Delay of polling, at most',
  'slack-delay': 'Delay of Slack',
  'to-acknowledge': 'Until acknowledged',
  'to-first-step': 'Until a step of the guide',
  'to-contain': 'Until contained',
  'to-resolve': 'Until resolved',
};

const between = (from: Instant | undefined, to: Instant | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, to - from);

/**
 * How long each stretch took, in milliseconds; nothing for one that isn't over, or isn't known. AWS doesn't tell when
 * it delivers an event. It was before the poll that found it and after the one before, so the delay of AWS is at least
 * what it says, that of polling at most, and both together are right.
 */
export function stretchOf(stretch: Stretch, times: AlertTimes): number | undefined {
  const { eventTime, lookedAt, raisedAt } = times;
  const visible = lookedAt === undefined ? undefined : Math.min(raisedAt, Math.max(eventTime ?? 0, lookedAt));
  switch (stretch) {
    case 'aws-delay':
      return between(eventTime, visible);
    case 'poll-delay':
      return eventTime === undefined ? undefined : between(visible, raisedAt);
    case 'slack-delay':
      return between(raisedAt, times.shownAt);
    case 'to-acknowledge':
      return between(raisedAt, times.acknowledgedAt);
    case 'to-first-step':
      return between(raisedAt, times.firstStepAt);
    case 'to-contain':
      return between(raisedAt, times.containedAt);
    case 'to-resolve':
      return between(raisedAt, times.resolvedAt);
  }
}
