const PER_SECOND = 2;
const BURST = 2;

/** LookupEvents' quota: 2 requests a second per account and Region, not adjustable. */
export class Rate {
  readonly #clock: () => number;
  #tokens = BURST;
  #since: number;

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#since = clock();
  }

  /** False when the quota is spent. */
  take(): boolean {
    const now = this.#clock();
    const refill = (Math.max(0, now - this.#since) / 1000) * PER_SECOND;
    this.#tokens = Math.min(BURST, this.#tokens + refill);
    this.#since = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
