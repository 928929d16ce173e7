import { type Delivery, type LookedUpEvent, lookedUpEvent } from './looked-up-event.ts';

/** The account's event history: what was delivered, and when it can be seen. */
export class Trail {
  readonly #clock: () => number;
  readonly #delayMs: number;
  readonly #kept: { event: LookedUpEvent; visibleAt: number }[] = [];

  constructor(clock: () => number, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** Seen from `delayMs` after its time on, and not before `lateMs` from now. */
  deliver(delivery: Delivery): void {
    const now = this.#clock();
    const event = lookedUpEvent(delivery, now);
    const visibleAt = Math.max(event.EventTime * 1000 + this.#delayMs, now + (delivery.lateMs ?? 0));
    this.#kept.push({ event, visibleAt });
  }

  /** What can be seen now, newest first; of the same second, what was delivered last first. */
  visible(): LookedUpEvent[] {
    const now = this.#clock();
    return this.#kept
      .filter(({ visibleAt }) => visibleAt <= now)
      .map(({ event }) => event)
      .reverse()
      .sort((a, b) => b.EventTime - a.EventTime);
  }
}
