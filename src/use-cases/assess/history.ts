import { sameActor, succeeded } from '../../domain/actor.ts';
import type { Alert } from '../../domain/alert.ts';
import type { Unread } from '../../domain/assessment.ts';
import type { CloudTrailEvent } from '../../domain/event.ts';
import {
  chainSignals,
  firstSignal,
  isEarlier,
  massOf,
  massSignal,
  type Occurrence,
} from '../../domain/risk/history-signals.ts';
import type { Signal } from '../../domain/risk/signal.ts';
import { DAY, type Instant, MINUTE } from '../../domain/time.ts';
import { EVENT_HISTORY, SourceFailure } from '../../ports/cloudtrail.ts';
import type { Rule } from '../../rules/rule.ts';
import type { AssessNeeds } from './needs.ts';

/** A mass addition is ten minutes long; ours begin or end with the event. */
const NEAR = 10 * MINUTE;
/** More alerts of one actor within twenty minutes than this make no difference. */
const MOST = 200;

/** What CloudTrail's past and our own tell of an event. */
export interface History {
  signals: Signal[];
  unread: Unread[];
  /** Our alerts that belong to the same mass addition. */
  mass: Alert[];
}

interface About {
  event: CloudTrailEvent;
  object?: string;
  rule: Rule;
  /** Calls on the object that make a chain with the event. */
  prelude: readonly string[];
  /** What was read before then isn't good enough. */
  notBefore: Instant;
}

/** Looks for a chain, a mass addition, and whether the actor has done it before. Throws only when aborted. */
export async function historyOf(needs: AssessNeeds, about: About, signal: AbortSignal): Promise<History> {
  const parts = await Promise.all([
    told('who has added users before', signal, () => additions(needs, about, signal)),
    told('what was done to the group before', signal, () => chain(needs, about, signal)),
    ownAdditions(needs, about),
  ]);
  const [past, before, own] = parts;
  const ours = own.map((alert) => ({ key: alert.eventKey, time: alert.eventTime, alert }));
  const mass = massOf(occurrence(about.event), [...ours, ...(past.value?.mass ?? [])]);
  const inMass = new Set(mass.map(({ key }) => key));
  return {
    signals: [...(past.value?.first ?? []), ...(before.value ?? []), ...massSignal(mass)],
    unread: [...past.unread, ...before.unread],
    mass: ours.filter(({ key }) => inMass.has(key)).map(({ alert }) => alert),
  };
}

async function additions(
  { past, clock }: AssessNeeds,
  { event, rule, notBefore }: About,
  signal: AbortSignal,
): Promise<{ first: Signal[]; mass: Occurrence[] }> {
  const wish = {
    since: clock.now() - EVENT_HISTORY,
    notBefore,
    // Whoever has done it before isn't new to it: no need to read 90 days.
    enough: (calls: readonly CloudTrailEvent[]) => calls.some((call) => isEarlier(call, event)),
  };
  const found = await past.of(rule.condition.action, wish, signal);
  const near = found.calls.filter((call) => succeeded(call) && sameActor(call.actor, event.actor));
  return { first: firstSignal(event, found), mass: near.map(occurrence) };
}

async function chain(
  { past, clock }: AssessNeeds,
  { event, object, rule, prelude, notBefore }: About,
  signal: AbortSignal,
): Promise<Signal[]> {
  if (object === undefined) return [];
  const named = { parameter: rule.object.parameter, name: object };
  const since = Math.max(event.time - DAY, clock.now() - EVENT_HISTORY);
  const wish = { since, notBefore };
  const calls = await Promise.all(prelude.map((name) => past.of(name, wish, signal)));
  return chainSignals(
    event,
    named,
    calls.flatMap((one) => one.calls),
  );
}

/** The poll has put every addition into our own store, also those that CloudTrail was asked too early for. */
async function ownAdditions({ alerts }: AssessNeeds, { event }: About): Promise<Alert[]> {
  const { actor, account, time } = event;
  const found = await alerts.search({
    actor: actor.arn ?? actor.name,
    account,
    occurred: { from: time - NEAR, to: time + NEAR },
    limit: MOST,
    offset: 0,
  });
  return found.alerts.filter(({ cause }) => cause.is === 'match' && sameActor(cause.event.actor, actor));
}

const occurrence = ({ key, time }: CloudTrailEvent): Occurrence => ({ key, time });

async function told<T>(
  what: string,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<{ value?: T; unread: Unread[] }> {
  try {
    return { value: await read(), unread: [] };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SourceFailure)) throw error;
    const denied = error.trouble === 'access-denied';
    const why = denied
      ? `not allowed to read ${what}: grant cloudtrail:LookupEvents`
      : `reading ${what} failed: ${error.message}`;
    return { unread: [{ why, passing: !denied }] };
  }
}
