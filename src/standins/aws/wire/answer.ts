/** What goes back over HTTP, or that the connection is cut instead. */
export type Answer = { status: number; type: string; body: string } | 'cut';

/** A refusal as AWS names it. Thrown, since it ends a call from any depth. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** An answer in AWS JSON 1.1. */
export function jsonAnswer(content: object, status = 200): Answer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(content) };
}

/** An answer of the query protocol. */
export function xmlAnswer(body: string, status = 200): Answer {
  return { status, type: 'text/xml', body };
}
