/** How a call of IAM or STS goes wrong. */
export type CallFault =
  /** Answered so; nothing is done. */
  | { code: string; status: number; message?: string }
  /** Never answered; nothing is done. */
  | 'hang'
  /** The connection is cut; nothing is done. */
  | 'cut'
  /** It is done, and then the connection is cut. */
  | 'drop-reply';

/** What can be made to go wrong. Counted faults hit the next LookupEvents calls; `iam` hits those that it names. */
export interface AwsFaults {
  /** The next n calls of an action of IAM or STS, `AttachUserPolicy` or `sts:AssumeRole`, go wrong. */
  iam(action: string, n: number, fault: CallFault): void;
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
  readonly #calls: { action: string; left: number; fault: CallFault }[] = [];
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

  /** What is to go wrong with this call, `iam:AttachUserPolicy`, which uses it up once. Faults hit in turn. */
  nextOf(name: string): CallFault | undefined {
    const [, plain] = name.split(':');
    const found = this.#calls.find(({ action, left }) => left > 0 && (action === name || action === plain));
    if (found) found.left -= 1;
    return found?.fault;
  }

  iam(action: string, n: number, fault: CallFault): void {
    this.#calls.push({ action, left: n, fault });
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
    this.#calls.length = 0;
    this.#now = { ...WELL };
  }
}
