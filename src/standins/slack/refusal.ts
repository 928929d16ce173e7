import type { Json } from './types.ts';

/** An answer with `ok: false`, as the Web API gives it. */
export class Refusal extends Error {
  readonly error: string;
  readonly more: Json;
  constructor(error: string, more: Json = {}) {
    super(error);
    this.error = error;
    this.more = more;
  }
}
