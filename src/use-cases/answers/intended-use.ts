import { sameActor, sameName, succeeded } from '../../domain/actor.ts';
import { type Sentence, say, strong, utc } from '../../domain/answer.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import { DAY } from '../../domain/time.ts';
import { EVENT_HISTORY } from '../../ports/cloudtrail.ts';
import { type About, type FindAnswer, type FindNeeds, wishOf } from './finder.ts';

/** How usual it is: the same actor, group, user agent and address over 90 days. */
export const findIntendedUse =
  ({ past, clock }: FindNeeds): FindAnswer =>
  async (about, asked) => {
    const { event, object, rule } = about;
    const wish = { ...wishOf(about, asked, clock, 0), since: clock.now() - EVENT_HISTORY };
    const { calls, from, at } = await past.of(rule.condition.action, wish, asked.signal);
    const earlier = calls.filter(
      (call) => call.key !== event.key && call.time <= event.time && succeeded(call),
    );
    const sameIn = sameness(about);
    const rows = Object.entries(sameIn).map(([what, same]) => [what, ...counted(earlier.filter(same))]);
    const days = Math.round((event.time - from) / DAY);
    const all = earlier.filter((call) => Object.values(sameIn).every((same) => same(call)));
    return {
      at,
      source: `CloudTrail, additions of ${days} days`,
      short: [verdict(all.length, days), together(earlier, about)],
      more: [
        say`Known behaviour is exempted by conditions that hold together; one alone is easily imitated`,
        ...(object === undefined ? [say`The record names no group`] : []),
      ],
      table: { columns: ['The same', 'Times', 'First (UTC)', 'Last (UTC)'], rows },
      missing: [],
    };
  };

type Same = (call: CloudTrailEvent) => boolean;

function sameness({ event, object, rule }: About): Record<string, Same> {
  return {
    actor: (call) => sameActor(call.actor, event.actor),
    group: (call) => sameName(call.parameters[rule.object.parameter], object),
    'user agent': (call) => call.userAgent === event.userAgent,
    address: (call) => call.sourceAddress.text === event.sourceAddress.text,
  };
}

function counted(calls: readonly CloudTrailEvent[]): string[] {
  return [String(calls.length), utc(calls.at(-1)?.time), utc(calls[0]?.time)];
}

function verdict(times: number, days: number): Sentence {
  if (times === 0)
    return say`${strong('New')}: actor, group, user agent and address had not come together in ${days} days`;
  return say`${strong('Seen before')}: the same actor, group, user agent and address ${strong(times)} times in ${days} days`;
}

function together(earlier: readonly CloudTrailEvent[], about: About): Sentence {
  const { actor, group } = sameness(about);
  const both = earlier.filter((call) => actor?.(call) && group?.(call)).length;
  return say`This actor had added users to this group ${strong(both)} times`;
}
