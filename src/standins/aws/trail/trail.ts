import { type Delivery, type LookedUpEvent, lookedUpEvent } from './looked-up-event.ts';
import { ATTRIBUTES, type Lookup } from './lookup-query.ts';

interface Kept {
  event: LookedUpEvent;
  region: string;
  visibleAt: number;
}

/** The account's event history: what was delivered, where, and when it can be seen. Each list is oldest first. */
export class Trail {
  readonly #clock: () => number;
  readonly #delayMs: number;
  readonly #iamRegion: string;
  readonly #all: Kept[] = [];
  readonly #by = new Map<string, Kept[]>();

  constructor(clock: () => number, delayMs: number, iamRegion: string) {
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#iamRegion = iamRegion;
  }

  /** Seen from `delayMs` after its time on, and not before `lateMs` from now. */
  deliver(delivery: Delivery): void {
    const now = this.#clock();
    const { event, region = this.#iamRegion } = lookedUpEvent(delivery, now);
    const visibleAt = Math.max(event.EventTime * 1000 + this.#delayMs, now + (delivery.lateMs ?? 0));
    const kept = { event, region, visibleAt };
    insert(this.#all, kept);
    for (const [key, valuesOf] of Object.entries(ATTRIBUTES))
      for (const value of new Set(valuesOf(event))) {
        if (value === undefined) continue;
        const list = this.#by.get(`${key} ${value}`) ?? [];
        this.#by.set(`${key} ${value}`, list);
        insert(list, kept);
      }
  }

  /** What can be seen now, newest first; of the same second, what was delivered last first. */
  lookUp({ start, end, attribute }: Lookup, region: string): LookedUpEvent[] {
    const now = this.#clock();
    const list = attribute ? (this.#by.get(`${attribute.key} ${attribute.value}`) ?? []) : this.#all;
    return list
      .slice(placeOf(list, start, false), placeOf(list, end, true))
      .filter((one) => one.region === region && one.visibleAt <= now)
      .map(({ event }) => event)
      .reverse();
  }
}

function insert(list: Kept[], one: Kept): void {
  list.splice(placeOf(list, one.event.EventTime, true), 0, one);
}

/** Where events of that second begin, or where they end. */
function placeOf(list: readonly Kept[], second: number, after: boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const time = list[middle]?.event.EventTime ?? 0;
    if (time < second || (after && time === second)) low = middle + 1;
    else high = middle;
  }
  return low;
}
