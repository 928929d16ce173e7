/** What can be made to go wrong. Counted faults hit the next LookupEvents calls and no other operation. */
export interface AwsFaults {
  /** ThrottlingException on the next n. */
  throttle(n: number): void;
  /** An HTTP status on the next n. */
  fail(n: number, status: number): void;
  /** The next n are answered only after this many ms. */
  hang(n: number, ms: number): void;
  /** The next n get a proxy's HTML page with status 200. */
  nonJson(n: number): void;
  /** InvalidNextTokenException on the next n that carry a NextToken. */
  tokenError(n: number): void;
  /** AccessDeniedException on every LookupEvents. */
  deny(on: boolean): void;
  /** Expired credentials on every operation. */
  expired(on: boolean): void;
  /** The next n pages are empty but carry a NextToken. */
  emptyPages(n: number): void;
  /** The connection of the next n is destroyed. */
  cut(n: number): void;
  /** The Date header is off by this many ms, on every answer. */
  skew(ms: number): void;
  /** All is well again. */
  clear(): void;
}

type Counted = 'throttle' | 'fail' | 'hang' | 'nonJson' | 'tokenError' | 'emptyPages' | 'cut';

const WELL = { status: 500, hangMs: 0, skewMs: 0, denied: false, expired: false };

/** The faults as the server sees them. */
export class Faults implements AwsFaults {
  readonly #left = new Map<Counted, number>();
  #now = { ...WELL };

  get now(): Readonly<typeof WELL> {
    return this.#now;
  }

  /** True when this call is to be hit, which uses up one hit. */
  hits(fault: Counted): boolean {
    const left = this.#left.get(fault) ?? 0;
    if (left > 0) this.#left.set(fault, left - 1);
    return left > 0;
  }

  throttle(n: number): void {
    this.#left.set('throttle', n);
  }
  fail(n: number, status: number): void {
    this.#left.set('fail', n);
    this.#now.status = status;
  }
  hang(n: number, ms: number): void {
    this.#left.set('hang', n);
    this.#now.hangMs = ms;
  }
  nonJson(n: number): void {
    this.#left.set('nonJson', n);
  }
  tokenError(n: number): void {
    this.#left.set('tokenError', n);
  }
  deny(on: boolean): void {
    this.#now.denied = on;
  }
  expired(on: boolean): void {
    this.#now.expired = on;
  }
  emptyPages(n: number): void {
    this.#left.set('emptyPages', n);
  }
  cut(n: number): void {
    this.#left.set('cut', n);
  }
  skew(ms: number): void {
    this.#now.skewMs = ms;
  }
  clear(): void {
    this.#left.clear();
    this.#now = { ...WELL };
  }
}
