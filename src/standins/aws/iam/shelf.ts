/** Entities by name, whatever the letter case. */
export interface Reader<T> {
  get(name: string): T | undefined;
  all(): T[];
}

/** What a shelf needs to know of time: now, and how long its readers lag behind, both in ms. */
export interface Moment {
  clock: () => number;
  lagMs: () => number;
}

type Versions<T> = readonly { from: number; value: T | undefined }[];

/**
 * Entities with what they were before. IAM is eventually consistent: writes work on what is, readers see what was a
 * while ago. docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
 */
export class Shelf<T> {
  readonly #cells = new Map<string, Versions<T>>();
  readonly #moment: Moment;
  /** As the last write left it. */
  readonly now = this.#reader(() => Number.POSITIVE_INFINITY);
  /** As readers see it. */
  readonly seen = this.#reader(() => this.#settled());

  constructor(moment: Moment) {
    this.#moment = moment;
  }

  /** Undefined takes it off the shelf. */
  put(name: string, value: T | undefined): void {
    const key = name.toLowerCase();
    const before = this.#cells.get(key) ?? [{ from: Number.NEGATIVE_INFINITY, value: undefined }];
    const versions = [...before, { from: this.#moment.clock(), value }];
    const oldest = versions.findLastIndex(({ from }) => from <= this.#settled());
    const kept = versions.slice(Math.max(0, oldest));
    if (value === undefined && kept.length === 1) this.#cells.delete(key);
    else this.#cells.set(key, kept);
  }

  /** Lets readers see it at once, as if it had been so all along. */
  settle(name: string): void {
    const key = name.toLowerCase();
    const last = this.#cells.get(key)?.at(-1);
    if (last) this.#cells.set(key, [last]);
  }

  #settled(): number {
    return this.#moment.clock() - this.#moment.lagMs();
  }

  #reader(at: () => number): Reader<T> {
    const seenAt = (versions: Versions<T> | undefined, moment: number) =>
      (versions?.findLast(({ from }) => from <= moment) ?? versions?.[0])?.value;
    return {
      get: (name) => seenAt(this.#cells.get(name.toLowerCase()), at()),
      all: () => {
        const moment = at();
        return [...this.#cells.values()].map((one) => seenAt(one, moment)).filter((one) => one !== undefined);
      },
    };
  }
}
