import { actorKey } from '../domain/actor.ts';
import type { Alert } from '../domain/alert.ts';
import { signalsOfRecord } from '../domain/risk/record-signals.ts';
import { riskOf } from '../domain/risk.ts';
import type { Instant } from '../domain/time.ts';
import type { BurstStore, NewDigest, Unposted } from '../ports/bursts.ts';
import type { Clock } from '../ports/clock.ts';
import { ruleOf } from '../rules/catalogue.ts';

/** What to decide on: new alerts of an account, by a poll that began then, of which so many are new. */
export interface Burst {
  account: string;
  began: Instant;
  raised: number;
}

export type SettleBurst = (burst: Burst) => Promise<void>;

interface Needs {
  bursts: BurstStore;
  clock: Clock;
  /** So many new alerts of one poll get a card of their own. */
  most: number;
  redraw: () => void;
}

/**
 * Gives the riskiest of too many new alerts a card each, and every actor of the others one digest. Also what an
 * earlier poll has left undecided when it broke off is decided on.
 */
export const settleBurst =
  ({ bursts, clock, most, redraw }: Needs): SettleBurst =>
  async ({ account, began, raised }) => {
    const waiting = await bursts.waiting(account);
    if (waiting.length === 0) return;
    // Those that got a card before it was known how many would come; what is posted stays posted.
    const undrawn = await bursts.undrawn(account, began);
    const ofThisPoll = waiting.filter(({ alert }) => alert.raisedAt >= began).length + undrawn.length;
    const begun = Math.max(0, raised - ofThisPoll);
    const ranked = [...waiting, ...undrawn]
      .map((one) => ({ ...one, score: scoreOf(one.alert) }))
      .sort(riskiestFirst);
    const room = Math.max(0, most - begun);
    const own = ranked.slice(0, room).map(({ alert }) => alert.id);
    await bursts.settle({ own, digests: digestsOf(ranked.slice(room)), at: clock.now() });
    redraw();
  };

/** The risk as far as the record alone tells it: nobody has looked further yet. */
function scoreOf({ cause, ruleId }: Alert): number {
  const { riskScore } = ruleOf(ruleId);
  return cause.is === 'match'
    ? riskOf(riskScore, signalsOfRecord(cause.event, cause.subject)).score
    : riskScore;
}

interface Ranked extends Unposted {
  score: number;
}

const riskiestFirst = (one: Ranked, other: Ranked): number =>
  other.score - one.score ||
  one.alert.eventTime - other.alert.eventTime ||
  (one.alert.id < other.alert.id ? -1 : 1);

/** One for every actor in every channel, named for its riskiest alert: that stands in no other digest. */
function digestsOf(alerts: readonly Unposted[]): NewDigest[] {
  const together = Map.groupBy(alerts, ({ alert, channel }) => `${channel} ${actorOf(alert)}`);
  return [...together.values()].flatMap((theirs) => {
    const [riskiest] = theirs;
    if (!riskiest) return [];
    const id = riskiest.alert.id.replace('GW-', 'DG-');
    return [{ id, channel: riskiest.channel, alerts: theirs.map(({ alert }) => alert.id) }];
  });
}

const actorOf = ({ cause }: Alert): string =>
  cause.is === 'match' ? actorKey(cause.event.actor).toLowerCase() : 'unreadable';
