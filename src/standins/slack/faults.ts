/** What goes wrong next, and how often. Method `*` is any. */
export type Trouble =
  | { is: 'rate-limit'; seconds: number }
  | { is: 'status'; status: number }
  | { is: 'error'; error: string }
  | { is: 'hang'; ms: number }
  | { is: 'drop-reply' };

export interface Faults {
  rateLimit(method: string, times: number, retryAfterSeconds: number): void;
  fail(method: string, times: number, how: { status?: number; error?: string }): void;
  hang(method: string, times: number, ms: number): void;
  /** The effect happens, the answer doesn't come. */
  dropReply(method: string, times: number): void;
  /** Says goodbye to every socket, as Slack does several times a day. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'): void;
  /** Cuts every socket without a word. */
  cutSockets(): void;
  clear(): void;
}

/** Troubles in the order they were asked for; each counts down. */
export class TroubleList {
  #waiting: { method: string; left: number; trouble: Trouble }[] = [];

  add(method: string, left: number, trouble: Trouble): void {
    this.#waiting.push({ method, left, trouble });
  }

  next(method: string): Trouble | undefined {
    const found = this.#waiting.find((one) => one.left > 0 && (one.method === '*' || one.method === method));
    if (!found) return undefined;
    found.left--;
    return found.trouble;
  }

  clear(): void {
    this.#waiting = [];
  }
}
