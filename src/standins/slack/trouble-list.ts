import { text } from './json.ts';
import type { Json } from './types.ts';

/** What goes wrong next, and how often. Method `*` is any. */
export type Trouble =
  | { is: 'rate-limit'; seconds: number }
  | { is: 'status'; status: number }
  | { is: 'error'; error: string }
  | { is: 'hang'; ms: number }
  | { is: 'drop-reply' };

interface Waiting {
  method: string;
  channel?: string;
  left: number;
  trouble: Trouble;
}

/** Troubles in the order they were asked for; each counts down. */
export class TroubleList {
  #calls: Waiting[] = [];
  #envelopes: { left: number; ms?: number }[] = [];

  add(waiting: Waiting): void {
    this.#calls.push(waiting);
  }

  addToEnvelopes(left: number, ms?: number): void {
    this.#envelopes.push({ left, ms });
  }

  next(method: string, args: Json): Trouble | undefined {
    const channel = text(args.channel);
    const found = this.#calls.find(
      (one) =>
        one.left > 0 &&
        (one.method === '*' || one.method === method) &&
        (one.channel === undefined || one.channel === channel),
    );
    if (!found) return undefined;
    found.left--;
    this.#calls = this.#calls.filter(({ left }) => left > 0);
    return found.trouble;
  }

  /** How the next envelope is to be delivered. */
  nextEnvelope(): { delayMs: number; copies: number } {
    const take = (late: boolean) => {
      const found = this.#envelopes.find(({ left, ms }) => left > 0 && (ms !== undefined) === late);
      if (found) found.left--;
      return found;
    };
    const how = { delayMs: take(true)?.ms ?? 0, copies: take(false) ? 2 : 1 };
    this.#envelopes = this.#envelopes.filter(({ left }) => left > 0);
    return how;
  }

  clear(): void {
    this.#calls = [];
    this.#envelopes = [];
  }
}
