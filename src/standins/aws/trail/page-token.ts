import { createHmac, randomBytes } from 'node:crypto';
import { Refusal } from '../wire/answer.ts';

/** Tokens that hold a position, work with the parameters they were given for only, and can't be made up. */
export class PageTokens {
  readonly #secret = randomBytes(16);

  issue(position: number, input: Record<string, unknown>): string {
    return Buffer.from(`${position}.${this.#seal(position, input)}`).toString('base64url');
  }

  /** The position; 0 without a token. */
  read(input: Record<string, unknown>): number {
    if (input.NextToken === undefined || input.NextToken === null) return 0;
    const [position = '', seal] = Buffer.from(String(input.NextToken), 'base64url').toString().split('.');
    if (seal === this.#seal(Number(position), input)) return Number(position);
    throw invalidToken();
  }

  #seal(position: number, input: Record<string, unknown>): string {
    const { NextToken, ...parameters } = input;
    const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify([position, sorted]))
      .digest('hex');
  }
}

/** AWS's words for a token that isn't one, or that comes with other parameters. */
export function invalidToken(): Refusal {
  return new Refusal(
    'InvalidNextTokenException',
    'A token that is not valid, or a token that was previously used in a request with different parameters.',
  );
}
