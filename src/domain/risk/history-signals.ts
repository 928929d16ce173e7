import { sameActor, sameName, succeeded } from '../actor.ts';
import type { CloudTrailEvent } from '../event.ts';
import type { Fact, GroupOrigin } from '../facts.ts';
import { DAY, type Instant, MINUTE } from '../time.ts';
import type { Signal } from './signal.ts';

/** An addition among others, as far as its time is what matters. */
export interface Occurrence {
  key: string;
  time: Instant;
}

const SPAN = 10 * MINUTE;

/**
 * The most additions within ten minutes that this one is among, or nothing when it is alone. `additions` are those of
 * one actor, in any order; the same one may be in it twice.
 */
export function massOf(event: Occurrence, additions: readonly Occurrence[]): Occurrence[] {
  const near = additions.filter(({ time }) => Math.abs(time - event.time) <= SPAN);
  const all = [...new Map([...near, event].map((one) => [one.key, one])).values()];
  all.sort((a, b) => a.time - b.time);
  let most: Occurrence[] = [];
  for (const [first, { time }] of all.entries()) {
    const within = all.slice(first).filter((one) => one.time - time <= SPAN);
    const includes = within.some(({ key }) => key === event.key);
    if (includes && within.length > most.length) most = within;
  }
  return most;
}

/** Many additions by one actor within ten minutes; whether they are enough is for the factor to say. */
export function massSignal(mass: readonly Occurrence[]): Signal[] {
  const [first, last] = [mass[0], mass.at(-1)];
  if (!first || !last || mass.length < 2) return [];
  return [{ is: 'mass-addition', count: mass.length, within: last.time - first.time }];
}

/** What an actor did before: nothing of the kind since `from`, as far as is known. */
export function firstSignal(
  event: CloudTrailEvent,
  past: { calls: readonly CloudTrailEvent[]; from: Instant },
): Signal[] {
  const days = Math.round((event.time - past.from) / DAY);
  if (days < 1 || past.calls.some((call) => isEarlier(call, event))) return [];
  return [{ is: 'first-addition', days }];
}

/** An earlier success of the same actor. What it did in the very same ten minutes is the same occasion. */
export function isEarlier(call: CloudTrailEvent, event: CloudTrailEvent): boolean {
  return call.time < event.time - SPAN && succeeded(call) && sameActor(call.actor, event.actor);
}

/** Calls that made the group or gave it rights in the day before. */
export function chainSignals(
  event: CloudTrailEvent,
  object: { parameter: string; name: string },
  calls: readonly CloudTrailEvent[],
): Signal[] {
  return calls
    .filter((call) => succeeded(call) && sameName(call.parameters[object.parameter], object.name))
    .map((call) => ({ event: call.name, before: event.time - call.time }))
    .filter(({ before }) => before >= 0 && before <= DAY)
    .map((link) => ({ is: 'chain', ...link }));
}

/** A group that IAM says was made in the day before, by what CloudTrail calls that. */
export function chainByOrigin(
  event: CloudTrailEvent,
  origin: Fact<GroupOrigin> | undefined,
  created: string,
): Signal[] {
  if (origin?.is !== 'known') return [];
  const before = event.time - origin.value.createdAt;
  return before >= 0 && before <= DAY ? [{ is: 'chain', event: created, before }] : [];
}
