import type { Fact } from '../../domain/facts.ts';
import type { Instant } from '../../domain/time.ts';

const REFUSED = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];

/** What an error of the SDK means for the fact that was asked for. */
export function unknownOf(
  error: unknown,
  permission: string,
  at: Instant,
): Exclude<Fact<never>, { is: 'known' }> {
  const name = error instanceof Error ? error.name : 'unknown';
  const message = error instanceof Error ? error.message : String(error);
  if (REFUSED.includes(name)) return { is: 'not-allowed', permission, why: message.slice(0, 500), at };
  if (isGone(error)) return { is: 'gone', at };
  return { is: 'failed', why: `${name}: ${message}`.slice(0, 300), at };
}

/** IAM's NoSuchEntity, which the SDK has a class for. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && /^NoSuchEntity(Exception)?$/.test(error.name);
}
